package dev.runnel.quickjs.build;

import dev.runnel.translator.binary.ByteWriter;

/** Writes the body of one wasm function, instruction by instruction. */
final class Code {
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final int STACK_POINTER = 0;

  private final ByteWriter out = new ByteWriter();

  /** A body with that many locals of each type behind its parameters; the i64s come first. */
  Code(int i64Locals, int i32Locals) {
    out.u32(2).u32(i64Locals).u8(I64).u32(i32Locals).u8(I32);
  }

  byte[] end() {
    return out.u8(0x0b).toBytes();
  }

  // ---- Variables ----

  Code get(int local) {
    out.u8(0x20).u32(local);
    return this;
  }

  Code set(int local) {
    out.u8(0x21).u32(local);
    return this;
  }

  Code getGlobal(int global) {
    out.u8(0x23).u32(global);
    return this;
  }

  Code setGlobal(int global) {
    out.u8(0x24).u32(global);
    return this;
  }

  /** Moves the C stack pointer down and puts it into a local. */
  Code openFrame(int local, int bytes) {
    return getGlobal(STACK_POINTER).i32(bytes).op(0x6b).tee(local).setGlobal(STACK_POINTER);
  }

  Code closeFrame(int local, int bytes) {
    return get(local).i32(bytes).op(0x6a).setGlobal(STACK_POINTER);
  }

  // ---- Arithmetic ----

  Code i32(int value) {
    out.u8(0x41).signed(value);
    return this;
  }

  Code i64(long value) {
    out.u8(0x42).signed(value);
    return this;
  }

  Code add() {
    return op(0x6a);
  }

  Code subtract() {
    return op(0x6b);
  }

  Code shiftLeft() {
    return op(0x74);
  }

  Code or() {
    return op(0x72);
  }

  Code isZero() {
    return op(0x45);
  }

  Code equal() {
    return op(0x46);
  }

  Code equal64() {
    return op(0x51);
  }

  Code differ64() {
    return op(0x52);
  }

  // ---- Memory; an address, for stores a value, lie on the stack ----

  Code load32() {
    return memory(0x28, 2, 0);
  }

  Code load64(int offset) {
    return memory(0x29, 3, offset);
  }

  Code store64(int offset) {
    return memory(0x37, 3, offset);
  }

  // ---- Control ----

  Code call(int function) {
    out.u8(0x10).u32(function);
    return this;
  }

  Code drop() {
    return op(0x1a);
  }

  Code ifTrue() {
    return op(0x04).op(0x40);
  }

  Code endIf() {
    return op(0x0b);
  }

  Code leave() {
    return op(0x0f);
  }

  private Code tee(int local) {
    out.u8(0x22).u32(local);
    return this;
  }

  private Code memory(int opcode, int alignment, int offset) {
    out.u8(opcode).u32(alignment).u32(offset);
    return this;
  }

  private Code op(int opcode) {
    out.u8(opcode);
    return this;
  }
}
