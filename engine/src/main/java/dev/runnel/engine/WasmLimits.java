package dev.runnel.engine;

/**
 * What a program's WebAssembly modules may be, on an engine with a sandbox. Their memories count
 * against {@link Limits#memoryBytes}.
 *
 * @param moduleBytes the size of one module's file; more is a CompileError
 * @param functions the functions of one module, imported ones included; more is a CompileError
 * @param heldBytes the files of all modules that an isolate holds at once, together; more is a
 *     CompileError
 * @param tableElements the elements of all tables that an isolate holds at once, together; more is
 *     a RangeError, and -1 for code that grows a table
 */
public record WasmLimits(int moduleBytes, int functions, int heldBytes, int tableElements) {
  public static final WasmLimits DEFAULT = new WasmLimits(8 << 20, 50_000, 16 << 20, 1_000_000);

  public WasmLimits {
    if (moduleBytes < 0 || functions < 0 || heldBytes < 0 || tableElements < 0) {
      throw new IllegalArgumentException("A limit of WebAssembly can't be negative.");
    }
  }

  public WasmLimits withModuleBytes(int changed) {
    return new WasmLimits(changed, functions, heldBytes, tableElements);
  }

  public WasmLimits withFunctions(int changed) {
    return new WasmLimits(moduleBytes, changed, heldBytes, tableElements);
  }

  public WasmLimits withHeldBytes(int changed) {
    return new WasmLimits(moduleBytes, functions, changed, tableElements);
  }

  public WasmLimits withTableElements(int changed) {
    return new WasmLimits(moduleBytes, functions, heldBytes, changed);
  }
}
