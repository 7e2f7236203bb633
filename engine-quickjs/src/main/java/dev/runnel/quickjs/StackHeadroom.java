package dev.runnel.quickjs;

import dev.runnel.engine.HostError;

/**
 * Sees to it that host functions have room on the Java stack. A StackOverflowError in the
 * initialiser of some class of the JDK or of ours would break that class for the whole process, so
 * calls near the end of the stack are refused before they start.
 *
 * <p>The JVM doesn't tell how much stack is left, so deep in a recursion it is tried out.
 */
final class StackHeadroom {
  /** Guest recursion below this takes little of a thread's stack; it is not looked at. */
  private static final int DEEP = 128 << 10;

  /** Together these frames take 256 KB and more, compiled or not. */
  private static final int FRAMES = 1500;

  private static volatile long sink;

  private StackHeadroom() {}

  /**
   * @param guestStackUsed bytes of the guest's own stack in use
   * @throws HostError a RangeError as deep recursion gives elsewhere
   */
  static void check(int guestStackUsed) {
    if (guestStackUsed > DEEP && !isThere()) {
      throw HostError.range("", "Maximum call stack size exceeded");
    }
  }

  static boolean isThere() {
    try {
      sink = descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      return true;
    } catch (StackOverflowError noRoom) {
      return false;
    }
  }

  /** Some twenty words of parameters and results that are all live across the call. */
  private static long descend(
      int left, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {
    if (left == 0) {
      return a + j;
    }
    long below = descend(left - 1, b, c, d, e, f, g, h, i, j, a ^ left);
    return below + a + b * c + d * e + f * g + h * i + j;
  }
}
