package dev.runnel.engine;

/**
 * A promise that was rejected while nothing handled it, or that got its handler only later.
 *
 * @param frame the async context frame in which it was rejected, or undefined
 * @param handled true when a handler came after the rejection had been reported
 */
public record Rejection(JsValue promise, JsValue reason, JsValue frame, boolean handled) {}
