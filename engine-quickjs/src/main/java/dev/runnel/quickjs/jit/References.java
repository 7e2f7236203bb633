package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryWriteInt;
import static dev.runnel.wasm.FlatAccess.memoryWriteLong;

import dev.runnel.wasm.FlatMemory;

/** Counts references: four bytes before what a value points to. */
final class References {
  private static final int COUNT = -4;

  private References() {}

  /** Answers the value, with one more reference to it. */
  static long duplicate(FlatMemory memory, long value) {
    if (Bits.isCounted(value)) {
      int at = (int) value + COUNT;
      memoryWriteInt(at, memoryReadInt(at, memory) + 1, memory);
    }
    return value;
  }

  static void free(Compiled self, FlatMemory memory, long value) {
    if (Bits.isCounted(value)) {
      int at = (int) value + COUNT;
      int count = memoryReadInt(at, memory);
      if (count > 1) {
        memoryWriteInt(at, count - 1, memory);
      } else {
        GuestFunctions.free(self.runtime, value, memory, self.instance);
      }
    }
  }

  /** Puts a value there that is handed over. */
  static void store(FlatMemory memory, long value, int address) {
    memoryWriteLong(address, value, memory);
  }

  static void storeDuplicate(FlatMemory memory, long value, int address) {
    memoryWriteLong(address, duplicate(memory, value), memory);
  }
}
