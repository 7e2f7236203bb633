package dev.runnel.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The region through which a guest leaves records for Java: chunks, timers, ends. Java reads it
 * after each turn, or when the guest asks because it is full.
 *
 * <pre>
 * offset 0  u32  end: where the next record would start (16 when empty)
 *        4  u32  flags that the guest sets and Java clears
 *        8  u32  unused, u32 unused
 *       16       records, each starting on a multiple of 8:
 *                u32 type, u32 id, u32 aux, u32 length, then length bytes
 * </pre>
 *
 * All integers are little-endian. The guest can write anything here, so nothing read is trusted: a
 * record that doesn't fit its region ends the isolate.
 */
public final class Mailbox {
  public static final int HEADER_BYTES = 16;
  public static final int RECORD_HEADER_BYTES = 16;

  private static final int END = 0;
  private static final int FLAGS = 4;

  /** Gets one record. The payload is a window, valid during the call. */
  @FunctionalInterface
  public interface Reader {
    void record(int type, int id, int aux, ByteBuffer payload);
  }

  private final ByteBuffer region;

  /** The region as it lies in memory now; an engine whose memory moves makes a new mailbox. */
  public Mailbox(ByteBuffer region) {
    this.region = region.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Puts a fresh region into its empty state. */
  public void clear() {
    region.putInt(END, HEADER_BYTES);
    region.putInt(FLAGS, 0);
  }

  /** The flags set since the last call, which clears them. */
  public int takeFlags() {
    int flags = region.getInt(FLAGS);
    if (flags != 0) {
      region.putInt(FLAGS, 0);
    }
    return flags;
  }

  public boolean isEmpty() {
    return region.getInt(END) == HEADER_BYTES;
  }

  /**
   * Hands over every record in order and empties the region.
   *
   * @throws IsolateException.Crashed at the first record that doesn't fit
   */
  public void readAll(Reader reader) {
    int end = checkedEnd();
    int position = HEADER_BYTES;
    while (position < end) {
      position = readOne(position, end, reader);
    }
    region.putInt(END, HEADER_BYTES);
  }

  private int checkedEnd() {
    int end = region.getInt(END);
    if (end < HEADER_BYTES || end > region.capacity()) {
      throw bad("its end is at %d of %d".formatted(Integer.toUnsignedLong(end), region.capacity()));
    }
    return end;
  }

  private int readOne(int position, int end, Reader reader) {
    if (end - position < RECORD_HEADER_BYTES) {
      throw bad("a record header at %d is cut off".formatted(position));
    }
    int length = region.getInt(position + 12);
    int payload = position + RECORD_HEADER_BYTES;
    if (length < 0 || length > end - payload) {
      throw bad(
          "a record at %d claims %d bytes".formatted(position, Integer.toUnsignedLong(length)));
    }
    reader.record(
        region.getInt(position),
        region.getInt(position + 4),
        region.getInt(position + 8),
        region.slice(payload, length).order(ByteOrder.LITTLE_ENDIAN));
    return payload + ((length + 7) & ~7);
  }

  private static IsolateException bad(String what) {
    return new IsolateException.Crashed("The mailbox is damaged: " + what + ".", null);
  }
}
