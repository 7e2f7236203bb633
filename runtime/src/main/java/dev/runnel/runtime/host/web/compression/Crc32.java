package dev.runnel.runtime.host.web.compression;

import java.nio.ByteBuffer;

/** CRC-32 that goes on from a checksum computed earlier, which the JDK's can't (RFC 1952, 8). */
public final class Crc32 {
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int[] TABLE = table();

  private Crc32() {}

  /** The checksum of what {@code before} is the checksum of (0: nothing) and these bytes. */
  public static int of(ByteBuffer bytes, int before) {
    int crc = ~before;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      crc = crc >>> 8 ^ TABLE[(crc ^ bytes.get(i)) & 0xff];
    }
    return ~crc;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
