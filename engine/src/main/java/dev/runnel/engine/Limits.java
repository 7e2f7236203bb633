package dev.runnel.engine;

/**
 * What an isolate may hold.
 *
 * @param memoryBytes the guest's whole heap, in bytes
 * @param stackBytes the guest's own stack, in bytes; deeper recursion is a RangeError
 * @param mailboxBytes the size of the shared region, in bytes
 * @param wasm what its WebAssembly modules may be
 */
public record Limits(long memoryBytes, int stackBytes, int mailboxBytes, WasmLimits wasm) {
  public static final Limits DEFAULT = new Limits(128L << 20, 512 << 10, 128 << 10);

  public Limits {
    if (memoryBytes < 4L << 20 || memoryBytes > 2047L << 20) {
      throw new IllegalArgumentException(
          "The memory limit must be from 4 MB to 2047 MB. It is %d bytes.".formatted(memoryBytes));
    }
  }

  /** With the default limits of WebAssembly. */
  public Limits(long memoryBytes, int stackBytes, int mailboxBytes) {
    this(memoryBytes, stackBytes, mailboxBytes, WasmLimits.DEFAULT);
  }

  public Limits withMemory(long bytes) {
    return new Limits(bytes, stackBytes, mailboxBytes, wasm);
  }

  public Limits withWasm(WasmLimits changed) {
    return new Limits(memoryBytes, stackBytes, mailboxBytes, changed);
  }
}
