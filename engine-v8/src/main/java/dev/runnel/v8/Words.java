package dev.runnel.v8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A few integers that the guest and Java share, so that a call says how it ended and what its
 * values stand for without a second call. The names on the other side are in {@code boundary.js}.
 */
final class Words {
  static final int RETURNED = 0;
  static final int THREW = 1;
  static final int STOPPED = 2;
  static final int THREW_VALUE = 3;

  static final int PLAIN = 0;
  static final int BYTES = 1;
  static final int OBJECT = 2;
  static final int FUNCTION = 3;
  static final int SYMBOL = 4;
  static final int BIG_INT = 5;
  static final int INTEGER = 6;
  static final int TEXT = 7;

  private static final int OUTCOME = 0;
  private static final int LENGTHS = 1;
  private static final int JOB_ERRORS = 8;
  private static final int REJECTIONS = 9;
  private static final int CALLED = 10;
  private static final int ARGUMENTS = 11;
  private static final int TAGS = 16;
  private static final int WORDS_PER_TAG = 4;
  private static final int MOST_VALUES = 256;

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect((TAGS + WORDS_PER_TAG * MOST_VALUES) * Integer.BYTES)
          .order(ByteOrder.nativeOrder());

  /** Lives as long as the isolate, which must not outlive it. */
  ByteBuffer memory() {
    return memory;
  }

  /** How the last call into the guest ended; the next one starts from RETURNED. */
  int takeOutcome() {
    int outcome = at(OUTCOME);
    memory.putInt(0, RETURNED);
    return outcome;
  }

  void outcome(int outcome) {
    memory.putInt(OUTCOME * Integer.BYTES, outcome);
  }

  int length(int index) {
    return at(LENGTHS + index);
  }

  void length(int index, int length) {
    memory.putInt((LENGTHS + index) * Integer.BYTES, length);
  }

  int jobErrors() {
    return at(JOB_ERRORS);
  }

  int rejections() {
    return at(REJECTIONS);
  }

  /** The number of the registered function that is called next, and how many arguments it gets. */
  void called(int number, int arguments) {
    memory.putInt(CALLED * Integer.BYTES, number);
    memory.putInt(ARGUMENTS * Integer.BYTES, arguments);
  }

  /** An argument that stands here itself. */
  void integer(int value, int integer) {
    tag(value, INTEGER);
    memory.putInt((tagWord(value) + 1) * Integer.BYTES, integer);
  }

  /** An argument that crosses, as the so many-th of those that do. */
  void crossing(int value, int tag, int position) {
    tag(value, tag);
    memory.putInt((tagWord(value) + 3) * Integer.BYTES, position);
  }

  int tag(int value) {
    return at(tagWord(value));
  }

  void tag(int value, int tag) {
    memory.putInt(tagWord(value) * Integer.BYTES, tag);
  }

  int offset(int value) {
    return at(tagWord(value) + 1);
  }

  int byteLength(int value) {
    return at(tagWord(value) + 2);
  }

  private static int tagWord(int value) {
    if (value >= MOST_VALUES) {
      throw new IllegalArgumentException(
          "No more than %d values can cross at once.".formatted(MOST_VALUES));
    }
    return TAGS + WORDS_PER_TAG * value;
  }

  private int at(int word) {
    return memory.getInt(word * Integer.BYTES);
  }
}
