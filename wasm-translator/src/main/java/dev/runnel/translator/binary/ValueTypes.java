package dev.runnel.translator.binary;

import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Value and function types in binary form. Only those that code written by hand needs. */
final class ValueTypes {
  private static final int FUNCTION = 0x60;

  private ValueTypes() {}

  static int code(ValType type) {
    if (type.equals(ValType.I32)) {
      return 0x7f;
    }
    if (type.equals(ValType.I64)) {
      return 0x7e;
    }
    if (type.equals(ValType.F32)) {
      return 0x7d;
    }
    if (type.equals(ValType.F64)) {
      return 0x7c;
    }
    if (type.equals(ValType.FuncRef)) {
      return 0x70;
    }
    if (type.equals(ValType.ExternRef)) {
      return 0x6f;
    }
    if (type.equals(ValType.AnyRef)) {
      return 0x6e;
    }
    throw new MalformedModuleException("Value type %s can't be written.".formatted(type));
  }

  static void write(ByteWriter out, FunctionType type) {
    out.u8(FUNCTION);
    write(out, type.params());
    write(out, type.returns());
  }

  private static void write(ByteWriter out, List<ValType> types) {
    out.u32(types.size());
    types.forEach(type -> out.u8(code(type)));
  }
}
