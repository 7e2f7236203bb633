package dev.runnel.quickjs;

/**
 * The bits of a JSValue as a 32-bit QuickJS packs them: a tag in the upper half and a payload in
 * the lower, or a double shifted so that no double looks like a tag.
 *
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.h">quickjs.h,
 *     JS_NAN_BOXING</a>
 */
final class Value {
  static final int TAG_BIG_INT = -9;
  static final int TAG_SYMBOL = -8;
  static final int TAG_STRING = -7;
  static final int TAG_STRING_ROPE = -6;
  static final int TAG_MODULE = -3;
  static final int TAG_OBJECT = -1;
  static final int TAG_INT = 0;
  static final int TAG_BOOL = 1;
  static final int TAG_NULL = 2;
  static final int TAG_UNDEFINED = 3;
  static final int TAG_EXCEPTION = 6;
  static final int TAG_SHORT_BIG_INT = 7;
  static final int TAG_FLOAT64 = 8;

  static final long NULL = of(TAG_NULL, 0);
  static final long UNDEFINED = of(TAG_UNDEFINED, 0);
  static final long EXCEPTION = of(TAG_EXCEPTION, 0);
  static final long FALSE = of(TAG_BOOL, 0);
  static final long TRUE = of(TAG_BOOL, 1);

  private static final long DOUBLE_ADDEND = (0x7ff80000L - TAG_BIG_INT + 1) << 32;
  private static final long NAN = 0x7ff8000000000000L - DOUBLE_ADDEND;

  private Value() {}

  static long of(int tag, int payload) {
    return (long) tag << 32 | Integer.toUnsignedLong(payload);
  }

  static long of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /**
   * A whole number is passed as QuickJS's own small integer, which its arithmetic is fastest on.
   */
  static long of(double number) {
    int whole = (int) number;
    if (whole == number && (whole != 0 || 1 / number > 0)) {
      return of(TAG_INT, whole);
    }
    return ofDouble(number);
  }

  static long ofDouble(double number) {
    return Double.isNaN(number) ? NAN : Double.doubleToRawLongBits(number) - DOUBLE_ADDEND;
  }

  /** One of the {@code TAG_} constants; every double has {@link #TAG_FLOAT64}. */
  static int tag(long value) {
    int tag = (int) (value >> 32);
    return tag >= TAG_BIG_INT && tag < TAG_FLOAT64 ? tag : TAG_FLOAT64;
  }

  /** A small integer, a bool, or the address that the value points to. */
  static int payload(long value) {
    return (int) value;
  }

  static double toDouble(long value) {
    return Double.longBitsToDouble(value + DOUBLE_ADDEND);
  }

  /** Whether QuickJS counts references to it, so that each copy kept must be freed. */
  static boolean isCounted(long value) {
    return tag(value) < 0;
  }
}
