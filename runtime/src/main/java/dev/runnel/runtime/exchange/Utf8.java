package dev.runnel.runtime.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * USVString conversion and UTF-8 in one: lone surrogates become U+FFFD, as the Web and Node have
 * it.
 *
 * <p>Rendered pages go through here whole, so it is one pass over the text without a copy of the
 * result.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  /** No code unit takes more: a pair takes four bytes. */
  private static final int MOST_BYTES_OF_A_UNIT = 3;

  private final char[] text;
  private byte[] bytes;
  private int read;
  private int written;

  private Utf8(String text) {
    this.text = text.toCharArray();
    this.bytes = new byte[this.text.length + this.text.length / 16 + MOST_BYTES_OF_A_UNIT];
  }

  public static byte[] encode(String text) {
    ByteBuffer encoded = encodeToBuffer(text);
    return encoded.remaining() == encoded.array().length
        ? encoded.array()
        : Arrays.copyOf(encoded.array(), encoded.remaining());
  }

  /** In a buffer of its own, with an array that may be longer. */
  public static ByteBuffer encodeToBuffer(String text) {
    Utf8 encoder = new Utf8(text);
    encoder.run();
    return ByteBuffer.wrap(encoder.bytes, 0, encoder.written);
  }

  private void run() {
    while (read < text.length) {
      copyAscii();
      if (read < text.length) {
        encodeOne();
      }
    }
  }

  /** Up to the next character that isn't ASCII, or the end. */
  private void copyAscii() {
    char[] from = text;
    int start = read;
    int end = start;
    while (end + 4 <= from.length
        && (from[end] | from[end + 1] | from[end + 2] | from[end + 3]) < 0x80) {
      end += 4;
    }
    while (end < from.length && from[end] < 0x80) {
      end++;
    }
    makeRoom(end - start);
    byte[] to = bytes;
    int at = written;
    for (int i = start; i < end; i++) {
      to[at++] = (byte) from[i];
    }
    read = end;
    written = at;
  }

  private void encodeOne() {
    char unit = text[read++];
    makeRoom(MOST_BYTES_OF_A_UNIT + 1);
    if (unit < 0x800) {
      put(0xc0 | unit >> 6);
    } else if (Character.isHighSurrogate(unit)
        && read < text.length
        && Character.isLowSurrogate(text[read])) {
      int point = Character.toCodePoint(unit, text[read++]);
      put(0xf0 | point >> 18);
      putRest(point >> 12);
      putRest(point >> 6);
      putRest(point);
      return;
    } else {
      unit = Character.isSurrogate(unit) ? REPLACEMENT : unit;
      put(0xe0 | unit >> 12);
      putRest(unit >> 6);
    }
    putRest(unit);
  }

  private void put(int value) {
    bytes[written++] = (byte) value;
  }

  private void putRest(int bits) {
    put(0x80 | bits & 0x3f);
  }

  private void makeRoom(int count) {
    if (bytes.length - written < count) {
      int left = text.length - read;
      bytes = Arrays.copyOf(bytes, written + count + left + left / 2);
    }
  }
}
