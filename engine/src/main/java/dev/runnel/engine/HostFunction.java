package dev.runnel.engine;

/**
 * Java code that JavaScript can call. Runs on the isolate's own thread, must not block it, and
 * can't call back into the isolate: work that takes time returns at once and reports through the
 * event loop.
 */
@FunctionalInterface
public interface HostFunction {
  JsValue call(Arguments args);
}
