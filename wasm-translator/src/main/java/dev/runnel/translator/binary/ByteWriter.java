package dev.runnel.translator.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes numbers, names and vectors of the binary format. */
public final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public ByteWriter u8(int value) {
    out.write(value);
    return this;
  }

  /** An unsigned 32-bit LEB128 number. */
  public ByteWriter u32(int value) {
    long rest = Integer.toUnsignedLong(value);
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** A signed LEB128 number of 32 or 64 bits. */
  public ByteWriter signed(long value) {
    long rest = value;
    while (rest > 0x3f || rest < -0x40) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write((int) (rest & 0x7f));
    return this;
  }

  public ByteWriter name(String name) {
    return sized(name.getBytes(StandardCharsets.UTF_8));
  }

  public ByteWriter bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** A length, then that many bytes. */
  public ByteWriter sized(byte[] bytes) {
    return u32(bytes.length).bytes(bytes);
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
