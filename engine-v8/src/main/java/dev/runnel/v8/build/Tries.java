package dev.runnel.v8.build;

/**
 * ICU's two serialized code point tries, which their first word tells apart (utrie2.h, ucptrie.h).
 */
final class Tries {
  private static final int TRI2 = 0x54726932;
  private static final int TRI3 = 0x54726933;
  private static final int HEADER_BYTES = 16;

  private Tries() {}

  static void turn(Bytes trie) {
    switch (trie.i32(0)) {
      case TRI2 -> turnSecond(trie);
      case TRI3 -> turnThird(trie);
      default -> throw new IllegalArgumentException("This is no trie that is known.");
    }
  }

  private static void turnSecond(Bytes trie) {
    boolean isWide = (trie.u16(4) & 15) == 1;
    int indexes = trie.u16(6);
    int values = trie.u16(8) << 2;
    turnHeader(trie);
    trie.turn16(HEADER_BYTES, indexes);
    turnValues(trie, HEADER_BYTES + 2 * indexes, values, isWide ? 32 : 16);
  }

  private static void turnThird(Bytes trie) {
    int options = trie.u16(4);
    int indexes = trie.u16(6);
    int values = (options & 0xf000) << 4 | trie.u16(8);
    int width =
        switch (options & 7) {
          case 0 -> 16;
          case 1 -> 32;
          default -> 8;
        };
    turnHeader(trie);
    trie.turn16(HEADER_BYTES, indexes);
    turnValues(trie, HEADER_BYTES + 2 * indexes, values, width);
  }

  private static void turnHeader(Bytes trie) {
    trie.turn32(0, 1);
    trie.turn16(4, 6);
  }

  private static void turnValues(Bytes trie, int start, int count, int width) {
    switch (width) {
      case 16 -> trie.turn16(start, count);
      case 32 -> trie.turn32(start, count);
      default -> {
        // Bytes.
      }
    }
  }
}
