package dev.runnel.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keys of the map of expirations: eight bytes of time, then the key that expires. */
final class Due {
  private Due() {}

  static byte[] key(long time, byte[] name) {
    return ByteBuffer.allocate(Long.BYTES + name.length).putLong(time).put(name).array();
  }

  static long time(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] nameIn(byte[] key) {
    return Arrays.copyOfRange(key, Long.BYTES, key.length);
  }
}
