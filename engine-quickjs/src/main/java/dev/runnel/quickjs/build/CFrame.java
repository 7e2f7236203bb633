package dev.runnel.quickjs.build;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Room on the C stack while a function runs.
 *
 * @param address the local that holds where it begins
 */
public record CFrame(CodeBuilder code, int stackPointer, int address, int bytes) {

  /** Moves the stack pointer down. */
  public static CFrame open(WasmEditor module, CodeBuilder code, int bytes) {
    int stackPointer = module.exportedGlobal("__stack_pointer");
    int address = code.local(ValType.I32);
    code.globalGet(stackPointer).i32(bytes).op(OpCode.I32_SUB).tee(address);
    code.globalSet(stackPointer);
    return new CFrame(code, stackPointer, address, bytes);
  }

  public void close() {
    code.get(address).i32(bytes).op(OpCode.I32_ADD).globalSet(stackPointer);
  }
}
