package dev.runnel.engine;

/**
 * Why an isolate was stopped from outside.
 *
 * @param limit the limit's name as options and logs spell it, such as {@code cpu-time}
 * @param sentence what a person reads
 */
public record Interruption(String limit, String sentence) {}
