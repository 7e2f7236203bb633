package dev.runnel.quickjs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;

/** Strings, read from and written to the guest's memory. Lone surrogates survive both ways. */
final class GuestText {
  private final Guest guest;
  private final QuickJs js;

  GuestText(Guest guest, QuickJs js) {
    this.guest = guest;
    this.js = js;
  }

  // ---- From the guest ----

  /** The text of a JavaScript string. */
  String read(long string) {
    return Value.tag(string) == Value.TAG_STRING
        ? StringLayout.read(guest, Value.payload(string))
        : readThroughC(string);
  }

  /** {@code String(value)}: for objects, guest code runs. */
  String convert(long value) {
    return Value.tag(value) == Value.TAG_STRING ? read(value) : readThroughC(value);
  }

  /** A rope is flattened by QuickJS itself, and stays flat then. */
  private String readThroughC(long value) {
    try (CStack stack = new CStack(guest)) {
      int length = stack.allocate(Integer.BYTES);
      int chars = guest.callInt(Export.JS_ToCStringLenUTF16, js.context(), length, value);
      if (chars == 0) {
        throw GuestThrow.PENDING;
      }
      String text = utf16(guest, chars, guest.readInt(length));
      guest.call(Export.JS_FreeCStringUTF16, js.context(), chars);
      return text;
    }
  }

  String readCString(int address) {
    int end = guest.endOfCString(address);
    return new String(guest.bytes(), address, end - address, UTF_8);
  }

  static String latin1(Guest guest, int address, int length) {
    ByteBuffer window = guest.window(address, length);
    return new String(window.array(), window.arrayOffset(), length, ISO_8859_1);
  }

  static String utf16(Guest guest, int address, int length) {
    CharBuffer window = guest.window(address, Math.multiplyExact(length, 2)).asCharBuffer();
    char[] chars = new char[length];
    window.get(chars);
    return new String(chars);
  }

  // ---- To the guest ----

  /** A new JavaScript string. */
  long write(String text) {
    return isAscii(text) ? writeAscii(text.getBytes(ISO_8859_1)) : writeUtf16(text.toCharArray());
  }

  private long writeAscii(byte[] ascii) {
    try (CStack stack = new CStack(guest)) {
      int address = stack.allocate(ascii.length);
      guest.write(address, ascii);
      return made(guest.call(Export.JS_NewStringLen, js.context(), address, ascii.length));
    }
  }

  private long writeUtf16(char[] text) {
    try (CStack stack = new CStack(guest)) {
      int bytes = Math.multiplyExact(text.length, 2);
      int address = stack.allocate(bytes);
      guest.window(address, bytes).asCharBuffer().put(text);
      return made(guest.call(Export.JS_NewStringUTF16, js.context(), address, text.length));
    }
  }

  private static long made(long value) {
    if (value == Value.EXCEPTION) {
      throw GuestThrow.PENDING;
    }
    return value;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Source text in UTF-8, where a lone surrogate takes three bytes as QuickJS reads them. */
  static byte[] source(String text) {
    return hasLoneSurrogate(text) ? generalizedUtf8(text) : text.getBytes(UTF_8);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static byte[] generalizedUtf8(String text) {
    ByteBuffer out = ByteBuffer.allocate(text.length() * 3).order(ByteOrder.LITTLE_ENDIAN);
    text.codePoints()
        .forEach(
            point -> {
              if (point >= 0xd800 && point <= 0xdfff) {
                out.put((byte) 0xed)
                    .put((byte) (0x80 | point >> 6 & 0x3f))
                    .put((byte) (0x80 | point & 0x3f));
              } else {
                out.put(Character.toString(point).getBytes(UTF_8));
              }
            });
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }
}
