package dev.runnel.quickjs;

import dev.runnel.wasm.WindowMemory;

/**
 * A linear memory that the guest's own memory contains, as the bytes of an ArrayBuffer.
 *
 * <p>That buffer is marked, so that only this engine can detach it: while it is there, its bytes
 * stay where they are. A shared memory takes its largest size at once, since its buffers stay valid
 * when it grows.
 */
final class WasmMemory {
  final WindowMemory window;
  final boolean shared;

  /** The ArrayBuffer, a value that this object owns. */
  long buffer = Value.UNDEFINED;

  /** For a shared memory: its SharedArrayBuffer of the present size, also owned. */
  long view = Value.UNDEFINED;

  /** Whether JavaScript has an object for it, which then decides how long it lives. */
  boolean exported;

  WasmMemory(WindowMemory window, boolean shared) {
    this.window = window;
    this.shared = shared;
  }
}
