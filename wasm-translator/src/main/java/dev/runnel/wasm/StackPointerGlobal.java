package dev.runnel.wasm;

import run.endive.runtime.GlobalInstance;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;
import run.endive.wasm.types.Value;

/** The stack pointer as the host and importing modules see it; its value lives in the memory. */
final class StackPointerGlobal extends GlobalInstance {
  private final GuestMemory memory;

  @SuppressWarnings("deprecation") // The builder can't make a subclass.
  StackPointerGlobal(GuestMemory memory, long initial) {
    super(initial, 0, ValType.I32, MutabilityType.Var);
    this.memory = memory;
    memory.setStackPointer((int) initial);
  }

  @Override
  public long getValue() {
    return memory.stackPointer();
  }

  @Override
  public long getValueLow() {
    return getValue();
  }

  @Override
  public void setValue(long value) {
    memory.setStackPointer((int) value);
  }

  @Override
  public void setValueLow(long value) {
    setValue(value);
  }

  @Override
  public void setValue(Value value) {
    setValue(value.raw());
  }
}
