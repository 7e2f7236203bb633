package dev.runnel.quickjs.jit;

/**
 * JSValues as the bits of a {@code long}: a tag in the upper half and a payload in the lower, or a
 * double shifted so that no double looks like a tag.
 */
final class Bits {
  static final int SYMBOL = -8;
  static final int STRING = -7;
  static final int OBJECT = -1;
  static final int INT = 0;
  static final int BOOL = 1;
  static final int NULL_TAG = 2;
  static final int UNDEFINED_TAG = 3;
  static final int UNINITIALIZED_TAG = 4;
  static final int CATCH_OFFSET = 5;

  static final long FALSE = of(BOOL, 0);
  static final long TRUE = of(BOOL, 1);
  static final long NULL = of(NULL_TAG, 0);
  static final long UNDEFINED = of(UNDEFINED_TAG, 0);
  static final long UNINITIALIZED = of(UNINITIALIZED_TAG, 0);
  static final long EXCEPTION = of(6, 0);

  private static final int FIRST_TAG = -9;
  private static final int TAGS = 17;
  private static final long FIRST_COUNTED = of(FIRST_TAG, 0);
  private static final long DOUBLE_ADDEND = 0x7ff80000L - FIRST_TAG + 1 << 32;
  private static final long NAN = 0x7ff8000000000000L - DOUBLE_ADDEND;

  private Bits() {}

  static long of(int tag, int payload) {
    return (long) tag << 32 | payload & 0xffffffffL;
  }

  static int tag(long value) {
    return (int) (value >> 32);
  }

  /** Whether the value's payload is the address of something with a reference count. */
  static boolean isCounted(long value) {
    return Long.compareUnsigned(value, FIRST_COUNTED) >= 0;
  }

  static boolean isInt(long value) {
    return value >>> 32 == 0;
  }

  static boolean areInts(long first, long second) {
    return (first | second) >>> 32 == 0;
  }

  static boolean isDouble(long value) {
    return Integer.compareUnsigned(tag(value) - FIRST_TAG, TAGS) >= 0;
  }

  static boolean isNumber(long value) {
    return isInt(value) || isDouble(value);
  }

  static double toDouble(long number) {
    return isInt(number) ? (int) number : Double.longBitsToDouble(number + DOUBLE_ADDEND);
  }

  static long ofInt(int number) {
    return number & 0xffffffffL;
  }

  /** An int if it is one: what the sum, difference or product of two ints becomes. */
  static long ofLong(long number) {
    return number == (int) number ? ofInt((int) number) : ofDouble(number);
  }

  static long ofDouble(double number) {
    return number == number ? Double.doubleToRawLongBits(number) - DOUBLE_ADDEND : NAN;
  }

  /** A double that is a whole number becomes an int, as quotients do; minus zero doesn't. */
  static long ofNumber(double number) {
    int whole = (int) number;
    return whole == number && (whole != 0 || 1 / number > 0) ? ofInt(whole) : ofDouble(number);
  }

  static long ofBoolean(boolean value) {
    return value ? TRUE : FALSE;
  }
}
