package dev.runnel.quickjs.intrinsic;

import static dev.runnel.wasm.FlatAccess.memoryReadByte;
import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;
import static dev.runnel.wasm.FlatAccess.memoryWriteInt;

import dev.runnel.translator.Intrinsic;
import dev.runnel.wasm.FlatAccess;
import dev.runnel.wasm.FlatMemory;
import run.endive.runtime.Instance;

/**
 * Stands in front of QuickJS's matcher of regular expressions, {@code lre_exec}. That runs the
 * pattern's byte code from each position of the text in turn; this finds out with which characters
 * a match can begin and looks for one of them. Without any there is no match, and a pattern that is
 * one character or class ends here too. All others are declined.
 *
 * <p>Every pattern that isn't sticky begins with the same three instructions, the loop over the
 * positions.
 */
public final class RegExpStart {
  private static final int UNICODE_FLAGS = 1 << 4 | 1 << 8;
  private static final int CAPTURE_COUNT = 2;
  private static final int HEADER = 8;
  private static final int SAVE_START_OF_MATCH = HEADER + 11;
  private static final int PATTERN = SAVE_START_OF_MATCH + 2;

  private RegExpStart() {}

  /** Has the parameters of {@code lre_exec}; answers 1 for a match, 0 for none. */
  public static long exec(
      int captures,
      int code,
      int text,
      int index,
      int length,
      int wide,
      int opaque,
      FlatMemory memory,
      Instance instance) {
    return match(captures, code, text, index, length, wide, memory);
  }

  /**
   * @param captures where start and end of each group go
   * @param code the compiled pattern
   * @param text its characters, of one byte or of two
   * @param index the first position that may match
   * @param wide 1 for characters of two bytes, else 0
   */
  static long match(
      int captures, int code, int text, int index, int length, int wide, FlatMemory memory) {
    if (!startsAnywhere(code, memory)) {
      return Intrinsic.DECLINED;
    }
    RegExpFirst first = new RegExpFirst(memory);
    if (!first.collect(code + PATTERN)) {
      return Intrinsic.DECLINED;
    }
    int end = first.onlyAtStart() ? Math.min(1, length) : length;
    int found = index;
    while (found < end && !first.has(character(text, found, wide, memory))) {
      FlatAccess.poll(memory);
      found++;
    }
    if (found >= end) {
      return noMatch(captures, memoryReadByte(code, CAPTURE_COUNT, memory) & 0xff, memory);
    }
    int character = character(text, found, wide, memory);
    if (!first.isWholePattern(code + PATTERN) || character > RegExpFirst.LAST) {
      return Intrinsic.DECLINED;
    }
    memoryWriteInt(captures, text + (found << wide), memory);
    memoryWriteInt(captures, text + (found + 1 << wide), 4, memory);
    return 1;
  }

  private static boolean startsAnywhere(int code, FlatMemory memory) {
    return (memoryReadShort(code, memory) & UNICODE_FLAGS) == 0
        && memoryReadByte(code, HEADER, memory) == RegExpFirst.SPLIT_GOTO_FIRST
        && memoryReadInt(code, HEADER + 1, memory) == 6
        && memoryReadByte(code, HEADER + 5, memory) == RegExpFirst.ANY
        && memoryReadByte(code, HEADER + 6, memory) == RegExpFirst.GOTO
        && memoryReadInt(code, HEADER + 7, memory) == -11
        && memoryReadByte(code, SAVE_START_OF_MATCH, memory) == RegExpFirst.SAVE_START;
  }

  private static int character(int text, int index, int wide, FlatMemory memory) {
    return wide == 0
        ? memoryReadByte(text + index, memory) & 0xff
        : memoryReadShort(text + (index << 1), memory) & 0xffff;
  }

  private static long noMatch(int captures, int groups, FlatMemory memory) {
    for (int i = 0; i < groups * 2; i++) {
      memoryWriteInt(captures + i * 4, 0, memory);
    }
    return 0;
  }
}
