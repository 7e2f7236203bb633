package dev.runnel.translator.binary;

import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Assembles the body of one function. Instructions are appended in the order of the calls; {@link
 * #toBody} closes the function.
 *
 * <pre>{@code
 * CodeBuilder code = CodeBuilder.of(FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)));
 * byte[] increment = code.get(0).i32(1).op(OpCode.I32_ADD).toBody();
 * }</pre>
 */
public final class CodeBuilder {
  private static final int EMPTY_BLOCK = 0x40;

  private final int parameters;
  private final List<ValType> locals = new ArrayList<>();
  private final ByteWriter code = new ByteWriter();

  private CodeBuilder(int parameters) {
    this.parameters = parameters;
  }

  public static CodeBuilder of(FunctionType type) {
    return new CodeBuilder(type.params().size());
  }

  /** Declares a local and answers its index. */
  public int local(ValType type) {
    locals.add(type);
    return parameters + locals.size() - 1;
  }

  /** An instruction without immediate operands. */
  public CodeBuilder op(OpCode opcode) {
    int number = opcode.opcode();
    if (number > 0xff) {
      code.u8(number >>> 8).u32(number & 0xff);
    } else {
      code.u8(number);
    }
    return this;
  }

  /** An instruction whose immediate operands are indices. */
  public CodeBuilder op(OpCode opcode, int... indices) {
    op(opcode);
    for (int index : indices) {
      code.u32(index);
    }
    return this;
  }

  public CodeBuilder i32(int value) {
    op(OpCode.I32_CONST);
    code.signed(value);
    return this;
  }

  public CodeBuilder i64(long value) {
    op(OpCode.I64_CONST);
    code.signed(value);
    return this;
  }

  public CodeBuilder f32(float value) {
    op(OpCode.F32_CONST);
    littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    return this;
  }

  public CodeBuilder f64(double value) {
    op(OpCode.F64_CONST);
    littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    return this;
  }

  public CodeBuilder get(int local) {
    return op(OpCode.LOCAL_GET, local);
  }

  public CodeBuilder set(int local) {
    return op(OpCode.LOCAL_SET, local);
  }

  public CodeBuilder tee(int local) {
    return op(OpCode.LOCAL_TEE, local);
  }

  public CodeBuilder globalGet(int global) {
    return op(OpCode.GLOBAL_GET, global);
  }

  public CodeBuilder globalSet(int global) {
    return op(OpCode.GLOBAL_SET, global);
  }

  public CodeBuilder call(int function) {
    return op(OpCode.CALL, function);
  }

  /** A load or store; alignment is a hint only, so none is promised. */
  public CodeBuilder memory(OpCode opcode, int offset) {
    return op(opcode, 0, offset);
  }

  /** Opens a block, loop or if that yields nothing. */
  public CodeBuilder open(OpCode structure) {
    op(structure);
    code.u8(EMPTY_BLOCK);
    return this;
  }

  /** Opens a block, loop or if that yields one value. */
  public CodeBuilder open(OpCode structure, ValType result) {
    op(structure);
    code.u8(ValueTypes.code(result));
    return this;
  }

  /** Opens a block, loop or if of a type of the type section. */
  public CodeBuilder openTyped(OpCode structure, int typeIndex) {
    op(structure);
    code.signed(typeIndex);
    return this;
  }

  public CodeBuilder end() {
    return op(OpCode.END);
  }

  public CodeBuilder br(int depth) {
    return op(OpCode.BR, depth);
  }

  public CodeBuilder brIf(int depth) {
    return op(OpCode.BR_IF, depth);
  }

  public CodeBuilder brTable(List<Integer> depths, int otherwise) {
    op(OpCode.BR_TABLE);
    code.u32(depths.size());
    depths.forEach(code::u32);
    code.u32(otherwise);
    return this;
  }

  /** Bytes as they are, for immediates that no other method writes. */
  public CodeBuilder raw(int... bytes) {
    for (int value : bytes) {
      code.u8(value);
    }
    return this;
  }

  /** The body: declared locals, the instructions, and the final {@code end}. */
  public byte[] toBody() {
    ByteWriter body = new ByteWriter().u32(locals.size());
    locals.forEach(type -> body.u32(1).u8(ValueTypes.code(type)));
    return body.bytes(code.toBytes()).u8(OpCode.END.opcode()).toBytes();
  }

  private void littleEndian(long bits, int bytes) {
    for (int i = 0; i < bytes; i++) {
      code.u8((int) (bits >>> (8 * i)) & 0xff);
    }
  }
}
