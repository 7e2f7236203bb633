package dev.runnel.wasm;

import run.endive.runtime.Memory;

/** A linear memory that translated code reaches without Endive's interface in between. */
public sealed interface GuestMemory extends Memory permits LinearMemory {

  /** The guest's stack pointer, where the translator keeps it here instead of in a global. */
  int stackPointer();

  void setStackPointer(int address);
}
