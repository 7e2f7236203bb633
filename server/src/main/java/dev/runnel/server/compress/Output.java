package dev.runnel.server.compress;

import java.nio.ByteBuffer;

/** Bytes that gather until they are taken. */
final class Output {
  private static final int LEAST = 4096;

  private ByteBuffer gathered = ByteBuffer.allocate(LEAST);

  /** A buffer that has room, to be filled from its position. */
  ByteBuffer room() {
    if (gathered.remaining() < LEAST / 4) {
      gathered = ByteBuffer.allocate(gathered.capacity() * 2).put(gathered.flip());
    }
    return gathered;
  }

  void write(byte[] bytes, int offset, int count) {
    while (room().remaining() < count) {
      gathered = ByteBuffer.allocate(gathered.capacity() * 2).put(gathered.flip());
    }
    gathered.put(bytes, offset, count);
  }

  /** The buffer then belongs to the caller. */
  ByteBuffer take() {
    ByteBuffer taken = gathered.flip();
    gathered = ByteBuffer.allocate(LEAST);
    return taken;
  }
}
