package dev.runnel.runtime.host.web.compression;

import dev.runnel.brotli.BrotliEncoder;
import dev.runnel.brotli.BrotliMemory;
import java.nio.ByteBuffer;

/** Compresses by Brotli. */
public final class BrotliEncodeCodec implements Codec {
  private final BrotliMemory memory;
  private final int quality;
  private final int windowBits;
  private BrotliEncoder encoder;

  public BrotliEncodeCodec(BrotliMemory memory, int quality, int windowBits) {
    this.memory = memory;
    this.quality = quality;
    this.windowBits = windowBits;
    this.encoder = memory.encoder(quality, windowBits);
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) {
    encoder.run(input, output, operation(flush));
  }

  private static BrotliEncoder.Operation operation(Flush flush) {
    return switch (flush) {
      case NONE -> BrotliEncoder.Operation.PROCESS;
      case SYNC, FULL -> BrotliEncoder.Operation.FLUSH;
      case FINISH -> BrotliEncoder.Operation.FINISH;
    };
  }

  @Override
  public boolean isFinished() {
    return encoder.isFinished();
  }

  @Override
  public void reset() {
    close();
    encoder = memory.encoder(quality, windowBits);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
