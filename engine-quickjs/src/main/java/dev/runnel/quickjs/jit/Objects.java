package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryWriteLong;

import dev.runnel.wasm.FlatMemory;

/** Makes objects and converts to them, throws, and iterates. */
final class Objects {
  private Objects() {}

  static long create(Compiled self, FlatMemory memory, int site) {
    return Properties.checked(
        self, GuestFunctions.newObject(self.context, memory, self.instance), site);
  }

  /** Takes the values. */
  static long arrayFrom(Compiled self, FlatMemory memory, int count, int values, int site) {
    return Properties.checked(
        self,
        GuestFunctions.newArrayFrom(self.context, count, values, memory, self.instance),
        site);
  }

  static long rest(Compiled self, FlatMemory memory, int first, int argc, int argv, int site) {
    int from = Math.min(first, argc);
    return Properties.checked(
        self,
        GuestFunctions.createArray(
            self.context, argc - from, argv + from * 8, memory, self.instance),
        site);
  }

  static long closure(
      Compiled self, FlatMemory memory, int frame, long bytecode, int varRefs, int site) {
    References.duplicate(memory, bytecode);
    return Properties.checked(
        self,
        GuestFunctions.closure(self.context, bytecode, varRefs, frame, memory, self.instance),
        site);
  }

  static long toObject(Compiled self, FlatMemory memory, int frame, long value, int site) {
    if (Bits.tag(value) == Bits.OBJECT) {
      return References.duplicate(memory, value);
    }
    Frames.setPc(self, memory, frame, site);
    return Properties.checked(
        self, GuestFunctions.toObject(self.context, value, memory, self.instance), site);
  }

  static long toPropertyKey(Compiled self, FlatMemory memory, int frame, long value, int site) {
    int tag = Bits.tag(value);
    if (tag == Bits.INT || tag == Bits.STRING || tag == Bits.SYMBOL) {
      return References.duplicate(memory, value);
    }
    Frames.setPc(self, memory, frame, site);
    return Properties.checked(
        self, GuestFunctions.toPropertyKey(self.context, value, memory, self.instance), site);
  }

  /** Takes the value. */
  static GuestExit throwValue(Compiled self, FlatMemory memory, long value, int site) {
    GuestFunctions.throwValue(self.context, value, memory, self.instance);
    return self.thrown(site);
  }

  static void checkConstructed(Compiled self, long newTarget, int site) {
    if (newTarget == Bits.UNDEFINED) {
      throw self.again(site);
    }
  }

  // ---- Iteration ----

  /**
   * Takes the iterable, and leaves the iterator there and its next method above.
   *
   * @param at address of two values of the frame's stack
   */
  static void iterate(
      Compiled self, FlatMemory memory, int frame, long iterable, int at, int site) {
    Frames.setPc(self, memory, frame, site);
    memoryWriteLong(at, iterable, memory);
    if (GuestFunctions.forOfStart(self.context, at + 8, memory, self.instance) != 0) {
      throw self.thrown(site);
    }
  }

  static long at(FlatMemory memory, int address) {
    return memoryReadLong(address, memory);
  }

  /**
   * The next value; undefined when there is none.
   *
   * @param done address of a value of the frame's stack, where it is told whether it's over
   */
  static long next(
      Compiled self, FlatMemory memory, int frame, long iterator, long method, int done, int site) {
    if (iterator == Bits.UNDEFINED) {
      memoryWriteLong(done, 1, memory);
      return Bits.UNDEFINED;
    }
    Frames.setPc(self, memory, frame, site);
    memoryWriteLong(done, 1, memory);
    long value =
        GuestFunctions.iteratorNext(self.context, iterator, method, done, memory, self.instance);
    if (value == Bits.EXCEPTION) {
      References.free(self, memory, iterator);
      throw self.thrown(site);
    }
    if (memoryReadInt(done, memory) != 0) {
      References.free(self, memory, value);
      return Bits.UNDEFINED;
    }
    return value;
  }

  static boolean isOver(FlatMemory memory, int done) {
    return memoryReadInt(done, memory) != 0;
  }

  /** What remains on the stack of an iterator: undefined once it's over. */
  static long remaining(Compiled self, FlatMemory memory, long iterator, int done) {
    if (!isOver(memory, done)) {
      return iterator;
    }
    References.free(self, memory, iterator);
    return Bits.UNDEFINED;
  }
}
