package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryWriteLong;

import dev.runnel.wasm.FlatMemory;

/**
 * Operators on numbers. Any other operand but those of {@code +} leaves compiled code: BigInts and
 * objects that convert themselves are rare in hot functions.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-numeric-types">ECMAScript, Numeric Types</a>
 */
final class Arithmetic {
  private static final double TWO_32 = 4294967296.0;

  private Arithmetic() {}

  /**
   * Takes both operands.
   *
   * @param scratch address of two values of the frame's stack
   */
  static long add(
      Compiled self, FlatMemory memory, int frame, long x, long y, int scratch, int site) {
    if (Bits.areInts(x, y)) {
      return Bits.ofLong((long) (int) x + (int) y);
    }
    if (Bits.isNumber(x) && Bits.isNumber(y)) {
      return Bits.ofDouble(Bits.toDouble(x) + Bits.toDouble(y));
    }
    Frames.setPc(self, memory, frame, site);
    memoryWriteLong(scratch, x, memory);
    memoryWriteLong(scratch + 8, y, memory);
    if (GuestFunctions.add(self.context, scratch + 16, memory, self.instance) != 0) {
      throw self.thrown(site);
    }
    return memoryReadLong(scratch, memory);
  }

  static long sub(Compiled self, long x, long y, int site) {
    if (Bits.areInts(x, y)) {
      return Bits.ofLong((long) (int) x - (int) y);
    }
    return Bits.ofDouble(number(self, x, site) - number(self, y, site));
  }

  static long mul(Compiled self, long x, long y, int site) {
    if (Bits.areInts(x, y)) {
      long product = (long) (int) x * (int) y;
      return product == 0 && ((int) x | (int) y) < 0 ? Bits.ofDouble(-0.0) : Bits.ofLong(product);
    }
    return Bits.ofDouble(number(self, x, site) * number(self, y, site));
  }

  static long div(Compiled self, long x, long y, int site) {
    return Bits.ofNumber(number(self, x, site) / number(self, y, site));
  }

  static long mod(Compiled self, long x, long y, int site) {
    if (Bits.areInts(x, y) && (int) x >= 0 && (int) y > 0) {
      return Bits.ofInt((int) x % (int) y);
    }
    return Bits.ofNumber(number(self, x, site) % number(self, y, site));
  }

  static long neg(Compiled self, long x, int site) {
    if (Bits.isInt(x) && (int) x != 0) {
      return Bits.ofLong(-(long) (int) x);
    }
    return Bits.ofDouble(-number(self, x, site));
  }

  static long plus(Compiled self, long x, int site) {
    if (!Bits.isNumber(x)) {
      throw self.again(site);
    }
    return x;
  }

  static long increment(Compiled self, long x, int by, int site) {
    if (Bits.isInt(x)) {
      return Bits.ofLong((long) (int) x + by);
    }
    return Bits.ofDouble(number(self, x, site) + by);
  }

  static long not(Compiled self, long x, int site) {
    return Bits.ofInt(~toInt32(self, x, site));
  }

  static long and(Compiled self, long x, long y, int site) {
    return Bits.ofInt(toInt32(self, x, site) & toInt32(self, y, site));
  }

  static long or(Compiled self, long x, long y, int site) {
    return Bits.ofInt(toInt32(self, x, site) | toInt32(self, y, site));
  }

  static long xor(Compiled self, long x, long y, int site) {
    return Bits.ofInt(toInt32(self, x, site) ^ toInt32(self, y, site));
  }

  static long shl(Compiled self, long x, long y, int site) {
    return Bits.ofInt(toInt32(self, x, site) << toInt32(self, y, site));
  }

  static long sar(Compiled self, long x, long y, int site) {
    return Bits.ofInt(toInt32(self, x, site) >> toInt32(self, y, site));
  }

  static long shr(Compiled self, long x, long y, int site) {
    int shifted = toInt32(self, x, site) >>> toInt32(self, y, site);
    return shifted >= 0 ? Bits.ofInt(shifted) : Bits.ofDouble(Integer.toUnsignedLong(shifted));
  }

  private static double number(Compiled self, long x, int site) {
    if (!Bits.isNumber(x)) {
      throw self.again(site);
    }
    return Bits.toDouble(x);
  }

  private static int toInt32(Compiled self, long x, int site) {
    return Bits.isInt(x) ? (int) x : toInt32(number(self, x, site));
  }

  /** Modulo 2^32; NaN and the infinities become 0. */
  static int toInt32(double x) {
    int whole = (int) x;
    if (whole == x) {
      return whole;
    }
    return Double.isFinite(x) ? (int) (long) (truncate(x) % TWO_32) : 0;
  }

  private static double truncate(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }
}
