package dev.runnel.image.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The 512 bytes before an entry of a tar file, as they come from outside. */
final class TarHeader {
  private static final int SUM_AT = 148;
  private static final int SUM_WIDTH = 8;

  private TarHeader() {}

  /** Puts the checksum of the other bytes into a block. */
  static void sum(byte[] block) {
    byte[] digits = "%06o\0 ".formatted(sumOf(block)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, block, SUM_AT, SUM_WIDTH);
  }

  /** The sum of all bytes, in which its own field counts as spaces. */
  private static int sumOf(byte[] block) {
    int sum = 0;
    for (int i = 0; i < block.length; i++) {
      sum += i >= SUM_AT && i < SUM_AT + SUM_WIDTH ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  static TarEntry parse(byte[] block) throws IOException {
    if (octal(block, SUM_AT, SUM_WIDTH) != sumOf(block)) {
      throw new IOException("It is no tar file: a checksum is wrong.");
    }
    String name = text(block, 0, 100);
    boolean isUstar = text(block, 257, 6).startsWith("ustar");
    String prefix = isUstar ? text(block, 345, 155) : "";
    return new TarEntry(
        TarEntry.Kind.of((char) (block[156] & 0xff)),
        prefix.isEmpty() || text(block, 257, 8).startsWith("ustar  ") ? name : prefix + "/" + name,
        octal(block, 124, 12),
        (int) octal(block, 100, 8) & 07777,
        text(block, 157, 100));
  }

  static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] block, int at, int width) {
    int length = 0;
    while (length < width && block[at + length] != 0) {
      length++;
    }
    return new String(block, at, length, StandardCharsets.UTF_8);
  }

  /** GNU's way to write larger numbers in base 256 is refused, as are signs. */
  private static long octal(byte[] block, int at, int width) throws IOException {
    long value = 0;
    for (char digit : text(block, at, width).strip().toCharArray()) {
      if (digit < '0' || digit > '7') {
        throw new IOException("It is no tar file that is supported: a number in it is not octal.");
      }
      value = value << 3 | digit - '0';
    }
    return value;
  }
}
