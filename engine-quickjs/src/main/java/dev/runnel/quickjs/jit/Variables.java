package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryWriteInt;
import static dev.runnel.wasm.FlatAccess.memoryWriteLong;

import dev.runnel.quickjs.jit.Layout.Context;
import dev.runnel.quickjs.jit.Layout.VarRef;
import dev.runnel.wasm.FlatMemory;

/** Variables that live in memory: captured ones, those of closures, and the global ones. */
final class Variables {
  private Variables() {}

  static long get(FlatMemory memory, int address) {
    return References.duplicate(memory, memoryReadLong(address, memory));
  }

  /** Takes the value. */
  static void put(Compiled self, FlatMemory memory, long value, int address) {
    long old = memoryReadLong(address, memory);
    memoryWriteLong(address, value, memory);
    References.free(self, memory, old);
  }

  /** The address of the value of a variable of the closure. */
  static int closed(FlatMemory memory, int varRefs, int index) {
    return memoryReadInt(memoryReadInt(varRefs + index * 4, memory) + VarRef.VALUE, memory);
  }

  /** Takes the value. */
  static void putClosed(Compiled self, FlatMemory memory, long value, int varRefs, int index) {
    put(self, memory, value, closed(memory, varRefs, index));
  }

  /** The interpreter throws for a variable that has no value yet. */
  static void checkInitialized(Compiled self, FlatMemory memory, int address, int site) {
    check(self, memoryReadLong(address, memory), site);
  }

  static void check(Compiled self, long value, int site) {
    if (value == Bits.UNINITIALIZED) {
      throw self.again(site);
    }
  }

  static void checkUninitialized(Compiled self, long value, int site) {
    if (value != Bits.UNINITIALIZED) {
      throw self.again(site);
    }
  }

  /** Gives the closures of a block's last round a variable of their own. */
  static void close(Compiled self, FlatMemory memory, int address) {
    int varRef = memoryReadInt(address, memory);
    if (varRef != 0) {
      GuestFunctions.closeVarRef(self.runtime, varRef, memory, self.instance);
      memoryWriteInt(address, 0, memory);
    }
  }

  /** A global variable: a lexical one, else a property of the global object. */
  static long global(
      Compiled self, FlatMemory memory, int frame, int atom, boolean mustBe, int site) {
    int lexicals = (int) memoryReadLong(self.context + Context.GLOBAL_LEXICALS, memory);
    long found = Properties.find(memory, lexicals, atom);
    if (found != Properties.NONE) {
      long value = memoryReadLong(Properties.address(memory, lexicals, found), memory);
      if (Properties.isSpecial(found) || value == Bits.UNINITIALIZED) {
        throw self.again(site);
      }
      return References.duplicate(memory, value);
    }
    long global = memoryReadLong(self.context + Context.GLOBAL_OBJECT, memory);
    found = Properties.find(memory, (int) global, atom);
    if (found != Properties.NONE && !Properties.isSpecial(found)) {
      int at = Properties.address(memory, (int) global, found);
      return References.duplicate(memory, memoryReadLong(at, memory));
    }
    Frames.setPc(self, memory, frame, site);
    long value =
        GuestFunctions.getProperty(
            self.context, global, atom, global, mustBe ? 1 : 0, memory, self.instance);
    if (value == Bits.EXCEPTION) {
      throw self.thrown(site);
    }
    return value;
  }

  /** What sloppy code sees as {@code this}. */
  static long sloppyThis(Compiled self, FlatMemory memory, long receiver, int site) {
    if (Bits.tag(receiver) == Bits.OBJECT) {
      return References.duplicate(memory, receiver);
    }
    if (receiver == Bits.UNDEFINED || receiver == Bits.NULL) {
      return get(memory, self.context + Context.GLOBAL_OBJECT);
    }
    throw self.again(site);
  }
}
