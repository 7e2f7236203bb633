package dev.runnel.server.compress;

import dev.runnel.codec.StreamEncoder;
import dev.runnel.codec.StreamEncoder.Operation;
import java.nio.ByteBuffer;

/** Brotli or Zstandard, in memory that all answers share. */
final class CodecBody implements Encoder {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final StreamEncoder encoder;
  private final Output output = new Output();

  /**
   * @throws dev.runnel.codec.CodecMemoryException when there is no room for one more
   */
  CodecBody(StreamEncoder encoder) {
    this.encoder = encoder;
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
