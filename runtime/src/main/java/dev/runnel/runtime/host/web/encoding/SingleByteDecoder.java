package dev.runnel.runtime.host.web.encoding;

import java.nio.charset.Charset;

/**
 * Encodings of one byte a character, section 9. Java's charsets have the same tables but for a few
 * places, which are mended here.
 */
final class SingleByteDecoder implements ByteDecoder {
  private static final int FIRST = 0x80;

  /** The characters of the bytes from 0x80. */
  private final char[] table;

  private SingleByteDecoder(char[] table) {
    this.table = table;
  }

  static SingleByteDecoder of(String table) {
    return new SingleByteDecoder(table.toCharArray());
  }

  /** x-user-defined, section 14.5. */
  static SingleByteDecoder userDefined() {
    char[] table = new char[FIRST];
    for (int i = 0; i < table.length; i++) {
      table[i] = (char) (0xF780 + i);
    }
    return new SingleByteDecoder(table);
  }

  static SingleByteDecoder named(String name, String charset) {
    char[] table = new char[FIRST];
    Charset javaCharset = Charset.forName(charset);
    for (int i = 0; i < table.length; i++) {
      table[i] = new String(new byte[] {(byte) (FIRST + i)}, javaCharset).charAt(0);
    }
    mend(name, table);
    return new SingleByteDecoder(table);
  }

  private static void mend(String name, char[] table) {
    if (name.startsWith("windows-")) {
      // Undefined bytes of the C1 range are control characters.
      for (int i = 0; i < 0x20; i++) {
        table[i] = table[i] == REPLACEMENT ? (char) (FIRST + i) : table[i];
      }
    }
    switch (name) {
      case "koi8-u" -> {
        table[0xAE - FIRST] = '\u045E';
        table[0xBE - FIRST] = '\u040E';
      }
      case "windows-1255" -> table[0xCA - FIRST] = '\u05BA';
      case "x-mac-cyrillic" -> table[0xFF - FIRST] = '\u20AC';
      default -> {}
    }
  }

  @Override
  public int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
    for (int i = 0; i < limit; i++) {
      char c = bytes[i] >= 0 ? (char) bytes[i] : table[bytes[i] & 0x7F];
      if (c == REPLACEMENT && fatal) {
        return MALFORMED;
      }
      out.append(c);
    }
    return 0;
  }
}
