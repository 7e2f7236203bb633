package dev.runnel.runtime.host.web.compression;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses. */
public final class InflateCodec implements Codec {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int TRAILER_BYTES = 8;

  /** What follows the end of a gzip stream. */
  public enum Members {
    /** Nothing may, as the Web has it. */
    ONE,
    /** Further streams, whose content is joined; zeros are padding, as Node has it. */
    MANY
  }

  private enum Part {
    HEADER,
    DATA,
    TRAILER,
    END
  }

  private final Format format;
  private final Members members;
  private final byte[] dictionary;
  private final Inflater inflater;
  private final CRC32 crc = new CRC32();
  private GzipHeader header = new GzipHeader();
  private final byte[] trailer = new byte[TRAILER_BYTES];
  private int trailerCount;
  private Part part;

  /**
   * @param dictionary what the compressor was told too, or nothing
   */
  public InflateCodec(Format format, Members members, byte[] dictionary) {
    this.format = format;
    this.members = members;
    this.dictionary = dictionary;
    this.inflater = new Inflater(format != Format.ZLIB);
    this.part = firstPart();
    setRawDictionary();
  }

  private Part firstPart() {
    return format == Format.GZIP ? Part.HEADER : Part.DATA;
  }

  @Override
  public void run(ByteBuffer input, ByteBuffer output, Flush flush) throws DataFormatException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (part) {
            case HEADER -> readHeader(input);
            case DATA -> inflate(input, output);
            case TRAILER -> readTrailer(input);
            case END -> startsAgain(input);
          };
    }
  }

  private boolean readHeader(ByteBuffer input) throws DataFormatException {
    if (!header.read(input)) {
      return false;
    }
    part = Part.DATA;
    return true;
  }

  /** True when the data's end has been reached and more is to be read. */
  private boolean inflate(ByteBuffer input, ByteBuffer output) throws DataFormatException {
    ByteBuffer written = output.duplicate();
    inflater.setInput(input);
    try {
      inflater.inflate(output);
      if (inflater.needsDictionary()) {
        setDictionary();
        inflater.inflate(output);
      }
    } finally {
      inflater.setInput(NOTHING);
    }
    if (format == Format.GZIP) {
      crc.update(written.limit(output.position()));
    }
    if (!inflater.finished()) {
      return false;
    }
    trailerCount = 0;
    part = format == Format.GZIP ? Part.TRAILER : Part.END;
    return true;
  }

  private void setDictionary() throws DataFormatException {
    if (dictionary.length == 0) {
      throw new DataFormatException("Missing dictionary");
    }
    try {
      inflater.setDictionary(dictionary);
    } catch (IllegalArgumentException e) {
      throw new DataFormatException("Bad dictionary");
    }
  }

  private void setRawDictionary() {
    if (format == Format.RAW && dictionary.length > 0) {
      inflater.setDictionary(dictionary);
    }
  }

  private boolean readTrailer(ByteBuffer input) throws DataFormatException {
    while (trailerCount < TRAILER_BYTES && input.hasRemaining()) {
      trailer[trailerCount++] = input.get();
    }
    if (trailerCount < TRAILER_BYTES) {
      return false;
    }
    if (number(0) != (int) crc.getValue()) {
      throw new DataFormatException("incorrect data check");
    }
    if (number(4) != (int) inflater.getBytesWritten()) {
      throw new DataFormatException("incorrect length check");
    }
    part = Part.END;
    return true;
  }

  private int number(int offset) {
    return trailer[offset] & 0xff
        | (trailer[offset + 1] & 0xff) << 8
        | (trailer[offset + 2] & 0xff) << 16
        | (trailer[offset + 3] & 0xff) << 24;
  }

  private boolean startsAgain(ByteBuffer input) {
    boolean another =
        format == Format.GZIP
            && members == Members.MANY
            && input.hasRemaining()
            && input.get(input.position()) != 0;
    if (another) {
      reset();
    }
    return another;
  }

  @Override
  public boolean isFinished() {
    return part == Part.END;
  }

  @Override
  public void reset() {
    inflater.reset();
    crc.reset();
    header = new GzipHeader();
    part = firstPart();
    setRawDictionary();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
