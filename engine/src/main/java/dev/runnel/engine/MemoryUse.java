package dev.runnel.engine;

/**
 * @param usedBytes what live and not yet collected guest values take
 * @param reservedBytes what the isolate holds of the process's memory for them
 * @param limitBytes where it ends
 */
public record MemoryUse(long usedBytes, long reservedBytes, long limitBytes) {}
