package dev.runnel.runtime.host.web.html;

/** Bytes as HTML sorts them, whatever the document's encoding: all of them agree on these. */
final class Ascii {
  private Ascii() {}

  static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }

  static boolean isLetter(byte c) {
    byte lower = lower(c);
    return lower >= 'a' && lower <= 'z';
  }

  static byte lower(byte c) {
    return c >= 'A' && c <= 'Z' ? (byte) (c + ('a' - 'A')) : c;
  }
}
