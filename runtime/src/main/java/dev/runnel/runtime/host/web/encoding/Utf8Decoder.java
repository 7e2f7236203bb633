package dev.runnel.runtime.host.web.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8. Java replaces what is malformed as the standard does: once for each maximal subpart. */
final class Utf8Decoder implements ByteDecoder {

  @Override
  public int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
    int left = isLast ? 0 : incomplete(bytes, limit);
    String text = new String(bytes, 0, limit - left, StandardCharsets.UTF_8);
    if (fatal && text.indexOf(REPLACEMENT) >= 0 && !isWellFormed(bytes, limit - left)) {
      return MALFORMED;
    }
    out.append(text);
    return left;
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
