package dev.runnel.runtime.host.node;

import java.nio.ByteBuffer;

/**
 * Finds bytes in bytes in linear time, whatever a guest asks for (Knuth, Morris, Pratt: Fast
 * pattern matching in strings, 1977).
 */
final class ByteSearch {
  private final byte[] needle;
  private final int step;

  /**
   * @param step matches start at multiples of it: 2 for UTF-16
   */
  ByteSearch(byte[] needle, int step) {
    this.needle = needle;
    this.step = step;
  }

  /** The first match that starts at or after {@code from}, or -1. */
  int first(ByteBuffer haystack, int from) {
    int[] fallback = fallback(needle);
    int matched = 0;
    for (int i = from; i < haystack.limit(); i++) {
      matched = advance(needle, fallback, matched, haystack.get(i));
      if (matched == needle.length) {
        int start = i - needle.length + 1;
        if (start % step == 0) {
          return start;
        }
        matched = fallback[matched - 1];
      }
    }
    return -1;
  }

  /**
   * The last match that starts at or before {@code from}, or -1: the same search, read backwards.
   */
  int last(ByteBuffer haystack, int from) {
    byte[] reversed = reversed();
    int[] fallback = fallback(reversed);
    int matched = 0;
    int start = (int) Math.min((long) from + needle.length, haystack.limit()) - 1;
    for (int i = start; i >= 0; i--) {
      matched = advance(reversed, fallback, matched, haystack.get(i));
      if (matched == reversed.length) {
        if (i % step == 0) {
          return i;
        }
        matched = fallback[matched - 1];
      }
    }
    return -1;
  }

  private byte[] reversed() {
    byte[] reversed = new byte[needle.length];
    for (int i = 0; i < needle.length; i++) {
      reversed[i] = needle[needle.length - 1 - i];
    }
    return reversed;
  }

  private static int advance(byte[] pattern, int[] fallback, int matched, byte next) {
    while (matched > 0 && pattern[matched] != next) {
      matched = fallback[matched - 1];
    }
    return pattern[matched] == next ? matched + 1 : matched;
  }

  /** For each prefix, the length of its longest proper prefix that is also its suffix. */
  private static int[] fallback(byte[] pattern) {
    int[] fallback = new int[pattern.length];
    for (int i = 1, matched = 0; i < pattern.length; i++) {
      matched = advance(pattern, fallback, matched, pattern[i]);
      fallback[i] = matched;
    }
    return fallback;
  }
}
