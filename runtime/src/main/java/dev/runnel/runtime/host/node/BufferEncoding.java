package dev.runnel.runtime.host.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.runnel.engine.HostError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The encodings of Node's Buffer, as lenient as Node is: decoding text never fails, it stops or
 * skips (<a href="https://nodejs.org/api/buffer.html#buffers-and-character-encodings">Buffers and
 * character encodings</a>).
 */
enum BufferEncoding {
  UTF8("utf8") {
    @Override
    byte[] encode(String text) {
      return Utf8Text.encode(text);
    }

    @Override
    String decode(ByteBuffer bytes) {
      return Utf8Text.decode(bytes);
    }

    @Override
    int byteLength(String text) {
      return Utf8Text.length(text);
    }

    @Override
    byte[] encodeAtMost(String text, int limit) {
      return Utf8Text.cutToWholeCharacters(encode(head(text, limit)), limit);
    }
  },
  UTF16LE("utf16le") {
    @Override
    byte[] encode(String text) {
      ByteBuffer bytes = ByteBuffer.allocate(text.length() * 2).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asCharBuffer().put(text);
      return bytes.array();
    }

    @Override
    String decode(ByteBuffer bytes) {
      char[] text = new char[bytes.remaining() / 2];
      bytes.order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(text);
      return new String(text);
    }

    @Override
    int byteLength(String text) {
      return text.length() * 2;
    }

    @Override
    byte[] encodeAtMost(String text, int limit) {
      return encode(head(text, limit / 2));
    }
  },
  LATIN1("latin1") {
    @Override
    byte[] encode(String text) {
      return lowBytes(text);
    }

    @Override
    String decode(ByteBuffer bytes) {
      return new String(copy(bytes), ISO_8859_1);
    }

    @Override
    int byteLength(String text) {
      return text.length();
    }
  },
  ASCII("ascii") {
    @Override
    byte[] encode(String text) {
      return lowBytes(text);
    }

    @Override
    String decode(ByteBuffer bytes) {
      byte[] copy = copy(bytes);
      for (int i = 0; i < copy.length; i++) {
        copy[i] &= 0x7f;
      }
      return new String(copy, ISO_8859_1);
    }

    @Override
    int byteLength(String text) {
      return text.length();
    }
  },
  BASE64("base64") {
    @Override
    byte[] encode(String text) {
      return LenientBase64.decode(text);
    }

    @Override
    String decode(ByteBuffer bytes) {
      return Base64.getEncoder().encodeToString(copy(bytes));
    }

    @Override
    int byteLength(String text) {
      return LenientBase64.estimatedLength(text);
    }
  },
  BASE64URL("base64url") {
    @Override
    byte[] encode(String text) {
      return LenientBase64.decode(text);
    }

    @Override
    String decode(ByteBuffer bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(copy(bytes));
    }

    @Override
    int byteLength(String text) {
      return LenientBase64.estimatedLength(text);
    }
  },
  HEX("hex") {
    @Override
    byte[] encode(String text) {
      return hexPairs(text);
    }

    @Override
    String decode(ByteBuffer bytes) {
      return HexFormat.of().formatHex(copy(bytes));
    }

    @Override
    int byteLength(String text) {
      return text.length() / 2;
    }
  };

  private final String label;

  BufferEncoding(String label) {
    this.label = label;
  }

  static BufferEncoding named(String label) {
    for (BufferEncoding encoding : values()) {
      if (encoding.label.equals(label)) {
        return encoding;
      }
    }
    throw HostError.type("ERR_UNKNOWN_ENCODING", "Unknown encoding: %s", label);
  }

  abstract byte[] encode(String text);

  abstract String decode(ByteBuffer bytes);

  abstract int byteLength(String text);

  /** The longest beginning that is whole characters and not longer than the limit, in bytes. */
  byte[] encodeAtMost(String text, int limit) {
    byte[] all = encode(text);
    return all.length <= limit ? all : Arrays.copyOf(all, limit);
  }

  private static String head(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static byte[] lowBytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  /** Ends at the first pair that isn't hexadecimal. */
  private static byte[] hexPairs(String text) {
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      char high = text.charAt(2 * i);
      char low = text.charAt(2 * i + 1);
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        return Arrays.copyOf(bytes, i);
      }
      bytes[i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
    }
    return bytes;
  }
}
