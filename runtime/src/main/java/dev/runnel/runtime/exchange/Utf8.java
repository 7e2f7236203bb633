package dev.runnel.runtime.exchange;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * USVString conversion and UTF-8 in one: lone surrogates become U+FFFD, as the Web and Node have
 * it.
 *
 * <p>Rendered pages go through here whole, and are mostly ASCII with some other characters spread
 * over them. Runs of ASCII are left to the JDK, which takes many characters in one instruction; its
 * own UTF-8 encoder goes on one by one after the first other character.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  /** Of one character, whose UTF-16 may be a pair. */
  private static final int MOST_BYTES = 4;

  private final CharsetEncoder ascii = StandardCharsets.US_ASCII.newEncoder();
  private final CharBuffer text;
  private ByteBuffer bytes;

  private Utf8(String text) {
    this.text = CharBuffer.wrap(text.toCharArray());
    this.bytes = ByteBuffer.allocate(text.length() + text.length() / 16 + MOST_BYTES);
  }

  public static byte[] encode(String text) {
    ByteBuffer encoded = encodeToBuffer(text);
    return Arrays.copyOf(encoded.array(), encoded.remaining());
  }

  /** In a buffer of its own. */
  public static ByteBuffer encodeToBuffer(String text) {
    return new Utf8(text).run();
  }

  private ByteBuffer run() {
    while (text.hasRemaining()) {
      // Stops at the first character that isn't ASCII, or when the room is used up.
      ascii.encode(text, bytes, true);
      encodeOthers();
      if (bytes.remaining() < MOST_BYTES) {
        grow();
      }
    }
    return bytes.flip();
  }

  private void encodeOthers() {
    while (text.hasRemaining()
        && text.get(text.position()) >= 0x80
        && bytes.remaining() >= MOST_BYTES) {
      encodeOne(text.get());
    }
  }

  private void grow() {
    bytes.flip();
    int length = bytes.limit() + text.remaining() + text.remaining() / 2 + MOST_BYTES;
    bytes = ByteBuffer.allocate(length).put(bytes);
  }

  private void encodeOne(char unit) {
    if (unit < 0x800) {
      bytes.put((byte) (0xc0 | unit >> 6));
    } else if (isPair(unit)) {
      int point = Character.toCodePoint(unit, text.get());
      bytes.put((byte) (0xf0 | point >> 18));
      putRest(point >> 12);
      putRest(point >> 6);
      putRest(point);
      return;
    } else {
      unit = Character.isSurrogate(unit) ? REPLACEMENT : unit;
      bytes.put((byte) (0xe0 | unit >> 12));
      putRest(unit >> 6);
    }
    putRest(unit);
  }

  private boolean isPair(char unit) {
    return Character.isHighSurrogate(unit)
        && text.hasRemaining()
        && Character.isLowSurrogate(text.get(text.position()));
  }

  private void putRest(int bits) {
    bytes.put((byte) (0x80 | bits & 0x3f));
  }
}
