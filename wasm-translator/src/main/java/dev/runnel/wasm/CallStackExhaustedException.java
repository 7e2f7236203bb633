package dev.runnel.wasm;

import run.endive.wasm.WasmEngineException;

/** The trap of a guest that calls deeper than its share of the thread's stack. */
public final class CallStackExhaustedException extends WasmEngineException {
  private static final long serialVersionUID = 1L;

  public CallStackExhaustedException() {
    super("call stack exhausted");
  }
}
