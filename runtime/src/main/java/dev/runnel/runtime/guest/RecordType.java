package dev.runnel.runtime.guest;

/** The records of {@code internal/records.js}, by number. */
final class RecordType {
  static final int TIMER_SET = 1;
  static final int TIMER_CLEAR = 2;
  static final int TIMER_REF = 3;
  static final int IMMEDIATE_SET = 4;
  static final int IMMEDIATE_CLEAR = 5;
  static final int BODY_BYTES = 6;
  static final int BODY_END = 7;
  static final int BODY_PULL = 8;
  static final int BODY_CANCEL = 9;
  static final int LISTENER_REF = 10;
  static final int LISTENER_CLOSE = 11;
  static final int HEAD_FLUSH = 12;
  static final int ANSWERS_FETCH = 13;
  static final int BACKGROUND_WORK = 14;
  static final int HEAD = 15;

  static final int FLAG_TICKS = 1;
  static final int FLAG_TURN_END = 2;

  static final int TIMER_REPEATS = 1;
  static final int TIMER_UNREFERENCED = 2;

  private RecordType() {}
}
