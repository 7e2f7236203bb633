package dev.runnel.runtime.host.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.exchange.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * UTF-8 with the Web's error handling, where Java's differs: an encoded surrogate is three errors,
 * not one (<a href="https://encoding.spec.whatwg.org/#utf-8-decoder">Encoding, UTF-8 decoder</a>).
 */
final class Utf8Text {
  private Utf8Text() {}

  static byte[] encode(String text) {
    return Utf8.encode(text);
  }

  static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (isPairAt(text, i)) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return length;
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  static String decode(ByteBuffer window) {
    byte[] bytes = new byte[window.remaining()];
    window.get(bytes);
    return hasEncodedSurrogate(bytes)
        ? new String(surrogatesReplaced(bytes), UTF_8)
        : new String(bytes, UTF_8);
  }

  private static boolean hasEncodedSurrogate(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (startsSurrogate(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsSurrogate(byte[] bytes, int i) {
    return bytes[i] == (byte) 0xed && i + 1 < bytes.length && (bytes[i + 1] & 0xe0) == 0xa0;
  }

  /** Makes the lead byte an invalid one, so that each of the three bytes is an error of its own. */
  private static byte[] surrogatesReplaced(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (startsSurrogate(bytes, i)) {
        bytes[i] = (byte) 0xff;
      }
    }
    return bytes;
  }

  /** Cuts to at most {@code limit} bytes, not in the middle of a character. */
  static byte[] cutToWholeCharacters(byte[] bytes, int limit) {
    if (bytes.length <= limit) {
      return bytes;
    }
    int end = limit;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  static boolean isValid(ByteBuffer bytes) {
    try {
      UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static boolean isAscii(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (bytes.get() < 0) {
        return false;
      }
    }
    return true;
  }
}
