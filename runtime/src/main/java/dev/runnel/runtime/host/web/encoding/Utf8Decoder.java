package dev.runnel.runtime.host.web.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8. Java replaces what is malformed as the standard does, once for each maximal subpart, but
 * for encoded surrogates: of those it makes one replacement instead of three.
 */
final class Utf8Decoder implements ByteDecoder {
  private static final int SURROGATE_LEAD = 0xED;
  private static final byte INVALID = (byte) 0xFF;

  @Override
  public int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
    int left = isLast ? 0 : incomplete(bytes, limit);
    if (fatal && !isWellFormed(bytes, limit - left)) {
      return MALFORMED;
    }
    out.append(text(bytes, 0, limit - left));
    return left;
  }

  static String text(byte[] bytes, int offset, int length) {
    var text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0 || !hasEncodedSurrogate(bytes, offset, length)) {
      return text;
    }
    byte[] plain = Arrays.copyOfRange(bytes, offset, offset + length);
    for (int i = 0; i < length - 1; i++) {
      if (isSurrogateAt(plain, i)) {
        plain[i] = INVALID;
      }
    }
    return new String(plain, StandardCharsets.UTF_8);
  }

  private static boolean hasEncodedSurrogate(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length - 1; i++) {
      if (isSurrogateAt(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSurrogateAt(byte[] bytes, int i) {
    int second = bytes[i + 1] & 0xFF;
    return (bytes[i] & 0xFF) == SURROGATE_LEAD && second >= 0xA0 && second <= 0xBF;
  }

  private static boolean isWellFormed(byte[] bytes, int length) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The length of a character's beginning at the end, 0 to 3. */
  static int incomplete(byte[] bytes, int limit) {
    for (int length = 1; length <= 3 && length <= limit; length++) {
      int lead = bytes[limit - length] & 0xFF;
      if ((lead & 0xC0) == 0x80) {
        continue;
      }
      int needed = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      boolean mayContinue = length == 1 || isSecond(lead, bytes[limit - length + 1] & 0xFF);
      return needed > length && mayContinue ? length : 0;
    }
    return 0;
  }

  /** Four lead bytes allow a part of the continuation bytes only. */
  private static boolean isSecond(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second <= 0x9F;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second <= 0x8F;
      default -> true;
    };
  }
}
