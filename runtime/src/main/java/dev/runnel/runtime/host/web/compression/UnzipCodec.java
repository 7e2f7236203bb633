package dev.runnel.runtime.host.web.compression;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Decompresses gzip or zlib, whichever its first two bytes say. */
public final class UnzipCodec implements Codec {
  private static final byte MAGIC_1 = 0x1f;
  private static final byte MAGIC_2 = (byte) 0x8b;

  private final byte[] dictionary;
  private @Nullable Codec chosen;

  /** A first byte that is gzip's, held until the second says whether it was. */
  private boolean holdsMagic;

  public UnzipCodec(byte[] dictionary) {
    this.dictionary = dictionary;
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) throws DataFormatException {
    Codec codec = chosen;
    if (codec == null) {
      if (!input.hasRemaining()) {
        return;
      }
      if (!holdsMagic && input.get(input.position()) == MAGIC_1) {
        input.get();
        holdsMagic = true;
        run(input, output, flush);
        return;
      }
      boolean isGzip = holdsMagic && input.get(input.position()) == MAGIC_2;
      codec =
          new InflateCodec(
              isGzip ? Format.GZIP : Format.ZLIB, InflateCodec.Members.MANY, dictionary);
      chosen = codec;
      if (holdsMagic) {
        codec.run(ByteBuffer.wrap(new byte[] {MAGIC_1}), output, Flush.NONE);
      }
    }
    codec.run(input, output, flush);
  }

  @Override
  public boolean isFinished() {
    return chosen != null && chosen.isFinished();
  }

  @Override
  public void reset() {
    close();
    chosen = null;
    holdsMagic = false;
  }

  @Override
  public void close() {
    if (chosen != null) {
      chosen.close();
    }
  }
}
