package dev.runnel.quickjs.intrinsic;

import static dev.runnel.wasm.FlatAccess.memoryReadByte;
import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;

import dev.runnel.wasm.FlatMemory;

/**
 * The characters with which a match of a compiled regular expression can begin, or some more: each
 * of the first 256 by itself, all others together. Opcodes are those of libregexp-opcode.h.
 */
final class RegExpFirst {
  static final int LAST = 255;

  private static final int CHAR = 1;
  private static final int CHAR_I = 2;
  static final int ANY = 6;
  private static final int LINE_START = 9;
  static final int GOTO = 13;
  static final int SPLIT_GOTO_FIRST = 14;
  private static final int SPLIT_NEXT_FIRST = 15;
  private static final int MATCH = 16;
  static final int SAVE_START = 19;
  private static final int SAVE_END = 20;
  private static final int SAVE_RESET = 21;
  private static final int RANGE = 36;
  private static final int RANGE_I = 37;

  private static final int MOST_RANGES = 32;
  private static final int MOST_STEPS = 32;

  private final FlatMemory memory;
  private final long[] set = new long[4];
  private boolean others;
  private boolean onlyAtStart;
  private int steps;

  RegExpFirst(FlatMemory memory) {
    this.memory = memory;
  }

  /** Follows the code from here; false if that is too much, or a match can be empty. */
  boolean collect(int pc) {
    if (opcode(pc) == LINE_START) {
      onlyAtStart = true;
      return follow(pc + 1);
    }
    return follow(pc);
  }

  /** Whether the pattern begins with {@code ^} and means the text's start. */
  boolean onlyAtStart() {
    return onlyAtStart;
  }

  boolean has(int character) {
    return character > LAST ? others : (set[character >>> 6] >>> character & 1) != 0;
  }

  /** Whether nothing follows the one character or class, and it has no cases to fold. */
  boolean isWholePattern(int pc) {
    int next =
        switch (opcode(pc)) {
          case CHAR -> pc + 3;
          case RANGE -> pc + 3 + 4 * operand16(pc);
          default -> -1;
        };
    return next != -1
        && opcode(next) == SAVE_END
        && opcode(next + 1) == 0
        && opcode(next + 2) == MATCH;
  }

  private boolean follow(int start) {
    int pc = start;
    while (++steps <= MOST_STEPS) {
      switch (opcode(pc)) {
        case CHAR -> {
          return add(operand16(pc), operand16(pc));
        }
        case CHAR_I -> {
          return add(operand16(pc), operand16(pc)) && foldCases();
        }
        case RANGE -> {
          return addRanges(pc);
        }
        case RANGE_I -> {
          return addRanges(pc) && foldCases();
        }
        case SPLIT_GOTO_FIRST, SPLIT_NEXT_FIRST -> {
          if (!follow(pc + 5 + memoryReadInt(pc + 1, memory))) {
            return false;
          }
          pc += 5;
        }
        case GOTO -> pc += 5 + memoryReadInt(pc + 1, memory);
        case SAVE_START, SAVE_END -> pc += 2;
        case SAVE_RESET -> pc += 3;
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private boolean addRanges(int pc) {
    int count = operand16(pc);
    if (count > MOST_RANGES) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int range = pc + 3 + 4 * i;
      add(unsigned16(range), unsigned16(range + 2));
    }
    return true;
  }

  private boolean add(int low, int high) {
    others |= high > LAST;
    for (int word = low >>> 6; word <= Math.min(high, LAST) >>> 6; word++) {
      long above = word == low >>> 6 ? -1L << low : -1L;
      long below = word == high >>> 6 ? -1L >>> ~high : -1L;
      set[word] |= above & below;
    }
    return true;
  }

  /** Patterns that ignore case hold upper-case letters. Beyond ASCII anything may fold. */
  private boolean foldCases() {
    set[1] |= (set[1] & 0x7fffffeL) << 32;
    set[2] = -1;
    set[3] = -1;
    others = true;
    return true;
  }

  private int opcode(int pc) {
    return memoryReadByte(pc, memory) & 0xff;
  }

  private int operand16(int pc) {
    return unsigned16(pc + 1);
  }

  private int unsigned16(int address) {
    return memoryReadShort(address, memory) & 0xffff;
  }
}
