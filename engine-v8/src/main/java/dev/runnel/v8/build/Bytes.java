package dev.runnel.v8.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Big-endian data being turned into little-endian data in place. Positions count from the start of
 * whatever part this is; each number must be read before it is turned.
 */
final class Bytes {
  private final ByteBuffer data;

  Bytes(byte[] data) {
    this(ByteBuffer.wrap(data));
  }

  private Bytes(ByteBuffer data) {
    this.data = data.order(ByteOrder.BIG_ENDIAN);
  }

  Bytes from(int position) {
    return new Bytes(data.slice(position, data.capacity() - position));
  }

  int size() {
    return data.capacity();
  }

  int u8(int position) {
    return Byte.toUnsignedInt(data.get(position));
  }

  void put8(int position, int value) {
    data.put(position, (byte) value);
  }

  int u16(int position) {
    return Short.toUnsignedInt(data.getShort(position));
  }

  int i32(int position) {
    return data.getInt(position);
  }

  /** Turns {@code count} numbers of two bytes each. */
  void turn16(int position, int count) {
    for (int i = position; i < position + 2 * count; i += 2) {
      data.putShort(i, Short.reverseBytes(data.getShort(i)));
    }
  }

  void turn32(int position, int count) {
    for (int i = position; i < position + 4 * count; i += 4) {
      data.putInt(i, Integer.reverseBytes(data.getInt(i)));
    }
  }

  void turn64(int position, int count) {
    for (int i = position; i < position + 8 * count; i += 8) {
      data.putLong(i, Long.reverseBytes(data.getLong(i)));
    }
  }
}
