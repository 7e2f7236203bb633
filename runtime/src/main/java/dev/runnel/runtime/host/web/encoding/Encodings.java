package dev.runnel.runtime.host.web.encoding;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All encodings of the standard, by label and by name. From any thread. */
public final class Encodings {
  /** The Java charset behind an encoding of one byte a character, where its name differs. */
  private static final Map<String, String> CHARSETS =
      Map.of(
          "macintosh", "x-MacRoman",
          "windows-874", "x-windows-874",
          "x-mac-cyrillic", "x-MacUkraine",
          "iso-8859-8-i", "ISO-8859-8");

  private static final Map<String, ByteDecoder> DECODERS = new ConcurrentHashMap<>();

  private Encodings() {}

  /** The encoding's name in lower case. */
  public static Optional<String> nameOf(String label) {
    return EncodingLabels.nameOf(label);
  }

  /**
   * The text of the bytes; empty when errors are fatal and there is one.
   *
   * @param name as {@link #nameOf} returns it
   * @param keepBom whether a byte order mark at the start is text
   */
  public static Optional<String> decode(String name, byte[] bytes, boolean fatal, boolean keepBom) {
    var out = new StringBuilder(bytes.length);
    int left = decoder(name).decode(bytes, bytes.length, true, fatal, out);
    if (left == ByteDecoder.MALFORMED) {
      return Optional.empty();
    }
    boolean hasBom = name.startsWith("utf-") && !out.isEmpty() && out.charAt(0) == '\uFEFF';
    return Optional.of(hasBom && !keepBom ? out.substring(1) : out.toString());
  }

  /** UTF-8, invalid bytes replaced, without a copy of the bytes. */
  public static String decodeUtf8(byte[] bytes, int offset, int length, boolean keepBom) {
    String text = Utf8Decoder.text(bytes, offset, length);
    return !keepBom && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** How many of the last bytes begin a character that further bytes may complete. */
  public static int incompleteTail(String name, byte[] bytes) {
    return decoder(name).decode(bytes, bytes.length, false, false, new StringBuilder());
  }

  private static ByteDecoder decoder(String name) {
    return DECODERS.computeIfAbsent(name, Encodings::create);
  }

  private static ByteDecoder create(String name) {
    return switch (name) {
      case "utf-8" -> new Utf8Decoder();
      case "utf-16le" -> new Utf16Decoder(ByteOrder.LITTLE_ENDIAN);
      case "utf-16be" -> new Utf16Decoder(ByteOrder.BIG_ENDIAN);
      case "gbk", "gb18030" -> new Gb18030Decoder();
      case "big5" -> MultiByteDecoder.big5();
      case "euc-jp" -> MultiByteDecoder.eucJp();
      case "shift_jis" -> MultiByteDecoder.shiftJis();
      case "euc-kr" -> MultiByteDecoder.eucKr();
      case "iso-2022-jp" -> new Iso2022JpDecoder();
      case "x-user-defined" -> SingleByteDecoder.userDefined();
      case "iso-8859-10" -> SingleByteDecoder.of(LatinTables.ISO_8859_10);
      case "iso-8859-14" -> SingleByteDecoder.of(LatinTables.ISO_8859_14);
      default -> SingleByteDecoder.named(name, CHARSETS.getOrDefault(name, name));
    };
  }
}
