package dev.runnel.server.compress;

import dev.runnel.brotli.BrotliEncoder;
import dev.runnel.brotli.BrotliEncoder.Operation;
import dev.runnel.brotli.BrotliMemory;
import java.nio.ByteBuffer;

/** RFC 7932, in memory that all answers share. */
final class BrotliBody implements Encoder {
  private static final int QUALITY = 4;
  private static final int WINDOW_BITS = 18;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final BrotliEncoder encoder;
  private final Output output = new Output();

  /**
   * @throws dev.runnel.brotli.BrotliMemoryException when there is no room for one more
   */
  BrotliBody(BrotliMemory memory) {
    encoder = memory.encoder(QUALITY, WINDOW_BITS);
    try {
      run(NOTHING.duplicate(), Operation.PROCESS);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    run(bytes, Operation.PROCESS);
  }

  @Override
  public ByteBuffer flushed() {
    run(NOTHING.duplicate(), Operation.FLUSH);
    return output.take();
  }

  @Override
  public ByteBuffer finished() {
    run(NOTHING.duplicate(), Operation.FINISH);
    return output.take();
  }

  private void run(ByteBuffer input, Operation operation) {
    ByteBuffer room;
    do {
      room = output.room();
      encoder.run(input, room, operation);
    } while (input.hasRemaining() || !room.hasRemaining());
  }

  @Override
  public void close() {
    encoder.close();
  }
}
