package dev.runnel.runtime.host.web.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses. */
public final class DeflateCodec implements Codec {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int TRAILER_BYTES = 8;
  private static final byte UNIX = 3;

  /** The gzip header's hint at how hard the compressor tried. */
  private static final byte BEST = 2;

  private static final byte FASTEST = 4;

  private final Format format;
  private final byte[] dictionary;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private final byte hint;

  /** A gzip header or trailer on its way out. */
  private ByteBuffer frame = NOTHING;

  private boolean trailerMade;

  /**
   * @param level 0 to 9, or -1 for zlib's choice
   * @param strategy one of {@link Deflater}'s
   * @param dictionary what the other side knows already, or nothing
   */
  public DeflateCodec(Format format, int level, int strategy, byte[] dictionary) {
    this.format = format;
    this.dictionary = dictionary;
    this.deflater = new Deflater(level, format != Format.ZLIB);
    this.hint =
        level == Deflater.BEST_COMPRESSION
            ? BEST
            : level == 0 || level == 1 || strategy == Deflater.HUFFMAN_ONLY ? FASTEST : 0;
    deflater.setStrategy(strategy);
    begin();
  }

  /** Applies to what is compressed from now on. */
  public void tune(int level, int strategy) {
    deflater.setLevel(level);
    deflater.setStrategy(strategy);
  }

  private void begin() {
    crc.reset();
    trailerMade = false;
    frame = format == Format.GZIP ? header() : NOTHING;
    if (dictionary.length > 0) {
      deflater.setDictionary(dictionary);
    }
  }

  private ByteBuffer header() {
    return ByteBuffer.wrap(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, hint, UNIX});
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) {
    drainFrame(output);
    if (output.hasRemaining() && !deflater.finished()) {
      deflate(input, output, flush);
    }
    if (deflater.finished() && format == Format.GZIP && !trailerMade) {
      trailerMade = true;
      frame = trailer();
    }
    drainFrame(output);
  }

  private void deflate(ByteBuffer input, ByteBuffer output, Flush flush) {
    ByteBuffer taken = input.duplicate();
    if (flush == Flush.FINISH) {
      deflater.finish();
    }
    deflater.setInput(input);
    try {
      deflater.deflate(output, mode(flush));
    } finally {
      deflater.setInput(NOTHING);
    }
    if (format == Format.GZIP) {
      crc.update(taken.limit(input.position()));
    }
  }

  private static int mode(Flush flush) {
    return switch (flush) {
      case NONE, FINISH -> Deflater.NO_FLUSH;
      case SYNC -> Deflater.SYNC_FLUSH;
      case FULL -> Deflater.FULL_FLUSH;
    };
  }

  private ByteBuffer trailer() {
    return ByteBuffer.allocate(TRAILER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt((int) deflater.getBytesRead())
        .flip();
  }

  private void drainFrame(ByteBuffer output) {
    while (frame.hasRemaining() && output.hasRemaining()) {
      output.put(frame.get());
    }
  }

  @Override
  public boolean isFinished() {
    return deflater.finished() && !frame.hasRemaining();
  }

  @Override
  public void reset() {
    deflater.reset();
    begin();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
