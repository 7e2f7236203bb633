package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Adds a function that calls another one with some of the stack that QuickJS otherwise keeps out of
 * reach. When the stack has overflowed there is no other way to run JavaScript, such as what shapes
 * the error's stack trace: QuickJS checks for room before every function but those of this C type.
 */
final class HeadroomPatch {
  /** What functions may use beyond the limit; the C stack goes on for as much again. */
  private static final int BYTES = 64 << 10;

  private HeadroomPatch() {}

  /**
   * (context, this, argc, argv, magic, data) → value, data being the function.
   *
   * @param stackLimit where in JSRuntime the lowest address is that the stack may grow down to
   */
  static void apply(WasmEditor module, int stackLimit) {
    int context = 0;
    int data = 5;
    FunctionType type = Signature.of("iliiii>l");
    CodeBuilder code = CodeBuilder.of(type);
    int runtime = code.local(ValType.I32);
    int limit = code.local(ValType.I32);
    int result = code.local(ValType.I64);
    code.get(context).call(module.exportedFunction("JS_GetRuntime")).tee(runtime);
    code.memory(OpCode.I32_LOAD, stackLimit).set(limit);
    code.get(runtime).get(limit).i32(BYTES).op(OpCode.I32_SUB);
    code.memory(OpCode.I32_STORE, stackLimit);
    code.get(context).get(data).memory(OpCode.I64_LOAD, 0).get(1).get(2).get(3);
    code.call(module.exportedFunction("JS_Call")).set(result);
    code.get(runtime).get(limit).memory(OpCode.I32_STORE, stackLimit).get(result);
    new AddedFunctions(module).put(TableSlot.HEADROOM_TRAMPOLINE, type, code);
  }
}
