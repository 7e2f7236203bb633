package dev.runnel.wasm;

import run.endive.wasm.WasmEngineException;

/**
 * The trap of a guest whose memory was told to {@linkplain FlatMemory#interrupt interrupt} it.
 *
 * <p>Guest code catches {@link run.endive.runtime.WasmException} only, so this always reaches the
 * host. The guest was stopped in the middle of a loop: discard its instance.
 */
public final class GuestInterruptedException extends WasmEngineException {

  public GuestInterruptedException() {
    super("The guest was interrupted.");
  }
}
