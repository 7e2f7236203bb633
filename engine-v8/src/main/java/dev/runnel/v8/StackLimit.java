package dev.runnel.v8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * How deep the guest may recurse. V8 knows one size for all isolates, and ends the process when
 * guest code is entered more than 40 KB beyond it. So V8 is told of a much larger stack, and the
 * limit at which the guest gets its RangeError is set here.
 *
 * <p>While Java works for the guest the limit is lower: Javet can't report an overflow where there
 * is no room left to ask the error for its name, as when a promise is rejected at the very limit.
 */
final class StackLimit {
  /** What V8 is told, in kilobytes. Nothing is reserved for it. */
  static final int V8_KILOBYTES = 8 << 10;

  /** How far below a guest's own limit calls of Java may lower it, all together. */
  static final int MOST_ROOM_BYTES = 2 << 20;

  /** What Java itself needs at the bottom of a thread's stack, the JVM's guard pages included. */
  private static final long JAVA_BYTES = 192 << 10;

  /** Between the guest's limit and the lowest one, even on a small stack. */
  private static final long GUARD_BYTES = 64 << 10;

  private static final long ROOM_BYTES = 256 << 10;
  private static final long REAL_LIMIT = 16;
  private static final long LIMIT = 32;
  private static final long PAGE_MASK = 0xfff;
  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment words;
  private final long lowest;

  private StackLimit(MemorySegment words, long lowest) {
    this.words = words;
    this.lowest = lowest;
  }

  static StackLimit set(NativeIsolate isolate, int bytes) {
    MemorySegment words = isolate.at(0, LIMIT + Long.BYTES);
    long limit = words.get(ValueLayout.JAVA_LONG, LIMIT);
    if (limit != words.get(ValueLayout.JAVA_LONG, REAL_LIMIT) || (limit & PAGE_MASK) != 0) {
      throw new IllegalStateException("V8's stack limit is not where it is expected.");
    }
    long asked = limit + ((long) V8_KILOBYTES << 10) - bytes;
    long bottom = ThreadStack.current().lowest();
    long guestLimit = Math.max(asked, bottom + GUARD_BYTES + JAVA_BYTES);
    long lowest = Math.max(guestLimit - MOST_ROOM_BYTES, bottom + JAVA_BYTES);
    StackLimit made = new StackLimit(words, lowest);
    made.move(guestLimit);
    return made;
  }

  /** Makes room; what it returns goes to {@link #move} afterwards. */
  long lower() {
    long current = words.get(ValueLayout.JAVA_LONG, REAL_LIMIT);
    move(Math.max(lowest, current - ROOM_BYTES));
    return current;
  }

  /** V8 marks an interrupt, which may come from any thread, by another value in the second word. */
  void move(long limit) {
    long current = words.get(ValueLayout.JAVA_LONG, REAL_LIMIT);
    words.set(ValueLayout.JAVA_LONG, REAL_LIMIT, limit);
    boolean _ = WORD.compareAndSet(words, LIMIT, current, limit);
  }
}
