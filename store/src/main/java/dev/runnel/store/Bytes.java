package dev.runnel.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Byte arrays in the order of their unsigned bytes, which for UTF-8 is that of code points. */
final class Bytes extends BasicDataType<byte[]> {
  static final Bytes TYPE = new Bytes();

  private static final int OBJECT_BYTES = 24;

  private Bytes() {}

  @Override
  public int getMemory(byte[] bytes) {
    return OBJECT_BYTES + bytes.length;
  }

  @Override
  public void write(WriteBuffer to, byte[] bytes) {
    to.putVarInt(bytes.length);
    to.put(bytes);
  }

  @Override
  public byte[] read(ByteBuffer from) {
    byte[] bytes = new byte[DataUtils.readVarInt(from)];
    from.get(bytes);
    return bytes;
  }

  @Override
  public int compare(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, other);
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
