package dev.runnel.server.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** RFC 1952. */
final class GzipEncoder implements Encoder {
  private static final int LEVEL = 5;
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 crc = new CRC32();
  private final Output output = new Output();
  private long length;

  GzipEncoder() {
    output.write(HEAD, 0, HEAD.length);
  }

  @Override
  public void write(ByteBuffer bytes) {
    crc.update(bytes.duplicate());
    length += bytes.remaining();
    deflater.setInput(bytes);
    deflate(Deflater.NO_FLUSH);
  }

  @Override
  public ByteBuffer flushed() {
    deflate(Deflater.SYNC_FLUSH);
    return output.take();
  }

  @Override
  public ByteBuffer finished() {
    deflater.finish();
    while (!deflater.finished()) {
      deflate(Deflater.NO_FLUSH);
    }
    ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    tail.putInt((int) crc.getValue()).putInt((int) length);
    output.write(tail.array(), 0, tail.capacity());
    return output.take();
  }

  /** A buffer that comes back full may not have taken everything. */
  private void deflate(int flush) {
    ByteBuffer room;
    do {
      room = output.room();
      deflater.deflate(room, flush);
    } while (!room.hasRemaining());
  }

  @Override
  public void close() {
    deflater.end();
  }
}
