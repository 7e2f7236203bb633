package dev.runnel.runtime.host.web.compression;

import dev.runnel.codec.StreamEncoder;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Compresses by Brotli or Zstandard. */
public final class EncodeCodec implements Codec {
  private final Supplier<? extends StreamEncoder> encoders;
  private StreamEncoder encoder;

  /**
   * @param encoders gives one for each stream
   */
  public EncodeCodec(Supplier<? extends StreamEncoder> encoders) {
    this.encoders = encoders;
    this.encoder = encoders.get();
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) {
    encoder.run(input, output, operation(flush));
  }

  private static StreamEncoder.Operation operation(Flush flush) {
    return switch (flush) {
      case NONE -> StreamEncoder.Operation.PROCESS;
      case SYNC, FULL -> StreamEncoder.Operation.FLUSH;
      case FINISH -> StreamEncoder.Operation.FINISH;
    };
  }

  @Override
  public boolean isFinished() {
    return encoder.isFinished();
  }

  @Override
  public void reset() {
    close();
    encoder = encoders.get();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
