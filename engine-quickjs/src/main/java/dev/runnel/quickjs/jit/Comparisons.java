package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;

import dev.runnel.quickjs.jit.Layout.Obj;
import dev.runnel.quickjs.jit.Layout.Str;
import dev.runnel.wasm.FlatMemory;

/**
 * Comparisons and truth. All parameters are borrowed; what Java doesn't know, the guest's functions
 * do on copies.
 */
final class Comparisons {
  private Comparisons() {}

  static boolean lt(
      Compiled self, FlatMemory memory, int frame, long x, long y, int scratch, int site) {
    if (Bits.areInts(x, y)) {
      return (int) x < (int) y;
    }
    if (Bits.isNumber(x) && Bits.isNumber(y)) {
      return Bits.toDouble(x) < Bits.toDouble(y);
    }
    return compare(self, memory, frame, x, y, scratch, LT, site);
  }

  static boolean lte(
      Compiled self, FlatMemory memory, int frame, long x, long y, int scratch, int site) {
    if (Bits.areInts(x, y)) {
      return (int) x <= (int) y;
    }
    if (Bits.isNumber(x) && Bits.isNumber(y)) {
      return Bits.toDouble(x) <= Bits.toDouble(y);
    }
    return compare(self, memory, frame, x, y, scratch, LTE, site);
  }

  static boolean gt(
      Compiled self, FlatMemory memory, int frame, long x, long y, int scratch, int site) {
    if (Bits.areInts(x, y)) {
      return (int) x > (int) y;
    }
    if (Bits.isNumber(x) && Bits.isNumber(y)) {
      return Bits.toDouble(x) > Bits.toDouble(y);
    }
    return compare(self, memory, frame, x, y, scratch, GT, site);
  }

  static boolean gte(
      Compiled self, FlatMemory memory, int frame, long x, long y, int scratch, int site) {
    if (Bits.areInts(x, y)) {
      return (int) x >= (int) y;
    }
    if (Bits.isNumber(x) && Bits.isNumber(y)) {
      return Bits.toDouble(x) >= Bits.toDouble(y);
    }
    return compare(self, memory, frame, x, y, scratch, GTE, site);
  }

  private static final int LT = Opcodes.named("lt").number();
  private static final int LTE = Opcodes.named("lte").number();
  private static final int GT = Opcodes.named("gt").number();
  private static final int GTE = Opcodes.named("gte").number();

  private static boolean compare(
      Compiled self,
      FlatMemory memory,
      int frame,
      long x,
      long y,
      int scratch,
      int opcode,
      int site) {
    Frames.setPc(self, memory, frame, site);
    copy(memory, x, y, scratch);
    if (GuestFunctions.compare(self.context, scratch + 16, opcode, memory, self.instance) != 0) {
      throw self.thrown(site);
    }
    return memoryReadLong(scratch, memory) == Bits.TRUE;
  }

  static boolean looseEq(
      Compiled self, FlatMemory memory, int frame, long x, long y, int scratch, int site) {
    if (Bits.areInts(x, y)) {
      return x == y;
    }
    if (isNullish(x) && isNullish(y)) {
      return true;
    }
    Frames.setPc(self, memory, frame, site);
    copy(memory, x, y, scratch);
    if (GuestFunctions.looseEq(self.context, scratch + 16, memory, self.instance) != 0) {
      throw self.thrown(site);
    }
    return memoryReadLong(scratch, memory) == Bits.TRUE;
  }

  static boolean isNullish(long value) {
    return value == Bits.NULL || value == Bits.UNDEFINED;
  }

  static boolean strictEq(Compiled self, FlatMemory memory, long x, long y, int scratch) {
    if (Bits.isNumber(x) && Bits.isNumber(y)) {
      return Bits.toDouble(x) == Bits.toDouble(y);
    }
    int first = Bits.tag(x);
    int second = Bits.tag(y);
    if (isSimple(first) || isSimple(second)) {
      return x == y;
    }
    if (first == Bits.STRING && second == Bits.STRING) {
      if (x == y) {
        return true;
      }
      if (areDifferentAtAGlance(memory, (int) x, (int) y)) {
        return false;
      }
    }
    copy(memory, x, y, scratch);
    GuestFunctions.strictEq(self.context, scratch + 16, memory, self.instance);
    return memoryReadLong(scratch, memory) == Bits.TRUE;
  }

  /** Equal only to the same bits. */
  private static boolean isSimple(int tag) {
    return tag == Bits.OBJECT || tag >= Bits.BOOL && tag <= Bits.UNDEFINED_TAG;
  }

  /** Strings of different lengths, or two atoms. */
  private static boolean areDifferentAtAGlance(FlatMemory memory, int x, int y) {
    int lengths = memoryReadInt(x + Str.LENGTH, memory) ^ memoryReadInt(y + Str.LENGTH, memory);
    return (lengths & Str.LENGTH_BITS) != 0 || isAtom(memory, x) && isAtom(memory, y);
  }

  private static boolean isAtom(FlatMemory memory, int string) {
    return memoryReadInt(string + Str.ATOM, memory) >>> Str.ATOM_SHIFT == Str.ATOM_OF_STRING;
  }

  private static void copy(FlatMemory memory, long x, long y, int scratch) {
    References.storeDuplicate(memory, x, scratch);
    References.storeDuplicate(memory, y, scratch + 8);
  }

  static boolean isTrue(Compiled self, FlatMemory memory, long value) {
    int tag = Bits.tag(value);
    if (tag >= Bits.INT && tag <= Bits.UNDEFINED_TAG) {
      return (int) value != 0;
    }
    if (tag == Bits.STRING) {
      return (memoryReadInt((int) value + Str.LENGTH, memory) & Str.LENGTH_BITS) != 0;
    }
    if (Bits.isDouble(value)) {
      double number = Bits.toDouble(value);
      return number == number && number != 0;
    }
    return GuestFunctions.toBoolean(self.context, value, memory, self.instance);
  }

  static boolean isInstanceOf(
      Compiled self, FlatMemory memory, int frame, long value, long type, int site) {
    if (Bits.tag(type) != Bits.OBJECT) {
      throw self.again(site);
    }
    Frames.setPc(self, memory, frame, site);
    int is = GuestFunctions.isInstanceOf(self.context, value, type, memory, self.instance);
    Properties.check(self, is, site);
    return is != 0;
  }

  static long typeof(Compiled self, FlatMemory memory, long value) {
    int atom = GuestFunctions.typeofAtom(self.context, value, memory, self.instance);
    return GuestFunctions.atomToString(self.context, atom, memory, self.instance);
  }

  static boolean isTypeof(Compiled self, FlatMemory memory, long value, int atom) {
    return GuestFunctions.typeofAtom(self.context, value, memory, self.instance) == atom;
  }

  static boolean isFunction(Compiled self, FlatMemory memory, long value) {
    if (Bits.tag(value) != Bits.OBJECT) {
      return false;
    }
    int type = memoryReadShort((int) value + Obj.CLASS, memory) & 0xffff;
    return type == Obj.CLASS_FUNCTION || isTypeof(self, memory, value, self.jit.names().function());
  }

  static boolean isUndefined(Compiled self, FlatMemory memory, long value) {
    return value == Bits.UNDEFINED
        || Bits.tag(value) == Bits.OBJECT
            && (memoryReadShort((int) value + Obj.FLAGS, memory) & Obj.HTML_DDA) != 0;
  }
}
