package dev.runnel.runtime.host.web.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding and -decoding, with the URL Standard's percent-encode sets (section 1.3). */
final class PercentEncoding {

  /** The characters that a part of a URL can't hold as they are. */
  enum Set {
    C0_CONTROL(""),
    FRAGMENT(" \"<>`"),
    QUERY(" \"#<>"),
    SPECIAL_QUERY(" \"#<>'"),
    PATH(" \"#<>?^`{}"),
    USERINFO(" \"#<>?^`{}/:;=@[\\]|");

    private final boolean[] members = new boolean[0x80];

    Set(String printable) {
      for (int c = 0; c < members.length; c++) {
        members[c] = c < 0x20 || c == 0x7F || printable.indexOf(c) >= 0;
      }
    }

    boolean contains(int codePoint) {
      return codePoint >= members.length || members[codePoint];
    }
  }

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentEncoding() {}

  static void append(StringBuilder out, int codePoint, Set set) {
    if (!set.contains(codePoint)) {
      out.append((char) codePoint);
    } else if (codePoint < 0x80) {
      appendByte(out, codePoint);
    } else {
      for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
        appendByte(out, b);
      }
    }
  }

  static String encode(String text, Set set) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(codePoint -> append(out, codePoint, set));
    return out.toString();
  }

  private static void appendByte(StringBuilder out, int b) {
    out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
  }

  /** Everything but valid escapes is kept, as UTF-8. */
  static byte[] decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (text.indexOf('%') < 0) {
      return bytes;
    }
    var out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (isEscapeAt(bytes, i)) {
        out.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }

  private static boolean isEscapeAt(byte[] bytes, int i) {
    return bytes[i] == '%'
        && i + 2 < bytes.length
        && hex(bytes[i + 1]) >= 0
        && hex(bytes[i + 2]) >= 0;
  }

  private static int hex(int digit) {
    return digit < 0 ? -1 : Character.digit(digit, 16);
  }
}
