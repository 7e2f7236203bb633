package dev.runnel.quickjs;

/**
 * Functions that the build adds to the module's table, so that QuickJS can call them through
 * pointers. Each has QuickJS's own C type for its purpose.
 */
public enum TableSlot {
  /** {@code JSCFunctionMagic}: every host function, told apart by its magic number. */
  DISPATCHER,
  /** {@code JSModuleInitFunc} of every {@code host:} module. */
  MODULE_INIT,
  /** {@code JSModuleNormalizeFunc}. */
  MODULE_NORMALIZER,
  /** {@code JSModuleLoaderFunc}. */
  MODULE_LOADER,
  /** {@code JSHostPromiseRejectionTracker}. */
  REJECTION_TRACKER,
  /** {@code JSCFunctionData}: runs a promise reaction with the frame it was registered in. */
  FRAME_TRAMPOLINE,
  /** {@code JSCFunction}: {@code contextFrame()}. */
  GET_FRAME,
  /** {@code JSCFunction}: {@code setContextFrame(value)}. */
  SET_FRAME,
  /** {@code JSCFunctionData}: runs a function beyond the stack's limit. */
  HEADROOM_TRAMPOLINE,
  /** {@code JSCFunctionData}: runs a function of a WebAssembly module. */
  WASM_FUNCTION;

  /** The table's size in the pinned file; the build checks it. */
  public static final int FIRST = 532;

  public int index() {
    return FIRST + ordinal();
  }
}
