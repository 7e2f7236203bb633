package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.HostError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** As much of DER (X.690) as the encodings of keys need: short tags, definite lengths. */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  /** Context tags: {@code [n]} of a primitive value, {@code [n]} around another value. */
  static final int PRIMITIVE = 0x80;

  static final int CONSTRUCTED = 0xA0;

  private static final int LONG_FORM = 0x80;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  /** A value whose content is the parts, one after the other. */
  static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    writeLength(out, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, new byte[1], bytes);
  }

  static byte[] smallInteger(int value) {
    return value(INTEGER, new byte[] {(byte) value});
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < LONG_FORM) {
      out.write(length);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(LONG_FORM | bytes);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write(length >>> shift);
    }
  }

  /** Reads values in order. What isn't as expected is a DataError. */
  static final class Reader {
    private final ByteBuffer in;

    Reader(byte[] bytes) {
      this(ByteBuffer.wrap(bytes));
    }

    private Reader(ByteBuffer in) {
      this.in = in;
    }

    boolean isAt(int tag) {
      return in.hasRemaining() && (in.get(in.position()) & 0xFF) == tag;
    }

    boolean isAtEnd() {
      return !in.hasRemaining();
    }

    Reader sequence() {
      return new Reader(content(SEQUENCE));
    }

    Reader inside(int tag) {
      return new Reader(content(tag));
    }

    byte[] bytes(int tag) {
      return copy(content(tag));
    }

    /** A bit string of whole bytes. */
    byte[] bits() {
      ByteBuffer content = content(BIT_STRING);
      if (!content.hasRemaining() || content.get() != 0) {
        throw malformed();
      }
      return copy(content);
    }

    int smallInteger() {
      byte[] value = bytes(INTEGER);
      if (value.length != 1) {
        throw malformed();
      }
      return value[0];
    }

    /** The next value with its tag and length. */
    byte[] whole() {
      int start = in.position();
      if (!in.hasRemaining()) {
        throw malformed();
      }
      content(in.get(start) & 0xFF);
      return copy(in.duplicate().limit(in.position()).position(start));
    }

    void end() {
      if (in.hasRemaining()) {
        throw malformed();
      }
    }

    private ByteBuffer content(int tag) {
      if (!isAt(tag)) {
        throw malformed();
      }
      in.get();
      int length = length();
      if (length > in.remaining()) {
        throw malformed();
      }
      ByteBuffer content = in.slice(in.position(), length);
      in.position(in.position() + length);
      return content;
    }

    private int length() {
      int first = next();
      if (first < LONG_FORM) {
        return first;
      }
      int bytes = first & ~LONG_FORM;
      if (bytes < 1 || bytes > 3) {
        throw malformed();
      }
      int length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | next();
      }
      return length;
    }

    private int next() {
      if (!in.hasRemaining()) {
        throw malformed();
      }
      return in.get() & 0xFF;
    }

    private static byte[] copy(ByteBuffer content) {
      byte[] copy = new byte[content.remaining()];
      content.get(copy);
      return copy;
    }
  }

  private static HostError malformed() {
    return HostError.dom("DataError", "The key data is not the DER encoding of such a key.");
  }
}
