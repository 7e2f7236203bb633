package dev.runnel.translator.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads numbers, names and vectors of the binary format from a byte array, front to back. */
public final class ByteReader {
  private final byte[] bytes;
  private int position;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int position() {
    return position;
  }

  public boolean hasMore() {
    return position < bytes.length;
  }

  public int u8() {
    if (!hasMore()) {
      throw new MalformedModuleException("The module ends in the middle of a section.");
    }
    return bytes[position++] & 0xff;
  }

  /** An unsigned 32-bit LEB128 number. */
  public int u32() {
    return (int) leb(32, false);
  }

  /** A signed 32-bit LEB128 number. */
  public int s32() {
    return (int) leb(32, true);
  }

  /** A signed 64-bit LEB128 number. */
  public long s64() {
    return leb(64, true);
  }

  public String name() {
    return new String(take(u32()), StandardCharsets.UTF_8);
  }

  public byte[] take(int count) {
    if (count < 0 || count > bytes.length - position) {
      throw new MalformedModuleException("The module ends in the middle of a section.");
    }
    position += count;
    return Arrays.copyOfRange(bytes, position - count, position);
  }

  public byte[] rest() {
    return take(bytes.length - position);
  }

  /** The bytes from an earlier position up to here. */
  public byte[] since(int start) {
    return Arrays.copyOfRange(bytes, start, position);
  }

  private long leb(int bits, boolean signed) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      if (shift >= bits + 6) {
        throw new MalformedModuleException("A number is longer than %d bits.".formatted(bits));
      }
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        boolean negative = signed && (next & 0x40) != 0 && shift + 7 < 64;
        return negative ? value | -1L << (shift + 7) : value;
      }
    }
  }
}
