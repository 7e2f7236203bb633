package dev.runnel.runtime.host.web.compression;

import dev.runnel.brotli.BrotliDecoder;
import dev.runnel.brotli.BrotliException;
import dev.runnel.brotli.BrotliMemory;
import java.nio.ByteBuffer;

/** Decompresses Brotli. */
public final class BrotliDecodeCodec implements Codec {
  private final BrotliMemory memory;
  private final BrotliDecoder.Window window;
  private BrotliDecoder decoder;

  public BrotliDecodeCodec(BrotliMemory memory, BrotliDecoder.Window window) {
    this.memory = memory;
    this.window = window;
    this.decoder = memory.decoder(window);
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) throws BrotliException {
    decoder.run(input, output);
  }

  @Override
  public boolean isFinished() {
    return decoder.isFinished();
  }

  @Override
  public void reset() {
    close();
    decoder = memory.decoder(window);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
