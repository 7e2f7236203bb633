package dev.runnel.runtime.host.web.compression;

import dev.runnel.codec.StreamDecoder;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;

/** Decompresses Brotli or Zstandard. */
public final class DecodeCodec implements Codec {
  private final Supplier<? extends StreamDecoder> decoders;
  private StreamDecoder decoder;

  /**
   * @param decoders gives one for each stream
   */
  public DecodeCodec(Supplier<? extends StreamDecoder> decoders) {
    this.decoders = decoders;
    this.decoder = decoders.get();
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) throws DataFormatException {
    decoder.run(input, output);
  }

  @Override
  public boolean isFinished() {
    return decoder.isFinished();
  }

  @Override
  public void reset() {
    close();
    decoder = decoders.get();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
