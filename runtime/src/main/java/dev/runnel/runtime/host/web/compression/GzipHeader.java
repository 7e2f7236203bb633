package dev.runnel.runtime.host.web.compression;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/** Reads one gzip header, byte by byte as it comes (RFC 1952, section 2.3). */
final class GzipHeader {
  private static final int FIXED_BYTES = 10;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA_BYTES,
    NAME_TEXT,
    COMMENT_TEXT,
    CHECKSUM,
    COMPLETE
  }

  private final CRC32 crc = new CRC32();
  private Part part = Part.FIXED;

  /** How many bytes of this part have come. */
  private int count;

  private int flags;

  /** The two bytes of a length or checksum, low byte first. */
  private int number;

  /** True once it is complete; then nothing more of the input is taken. */
  boolean read(ByteBuffer input) throws DataFormatException {
    while (part != Part.COMPLETE && input.hasRemaining()) {
      take(input.get() & 0xff);
    }
    return part == Part.COMPLETE;
  }

  private void take(int octet) throws DataFormatException {
    if (part != Part.CHECKSUM) {
      crc.update(octet);
    }
    count++;
    switch (part) {
      case FIXED -> takeFixed(octet);
      case EXTRA_LENGTH -> {
        if (takeNumber(octet)) {
          begin(Part.EXTRA_BYTES);
          skipEmptyExtra();
        }
      }
      case EXTRA_BYTES -> skipEmptyExtra();
      case NAME_TEXT, COMMENT_TEXT -> {
        if (octet == 0) {
          next();
        }
      }
      case CHECKSUM -> {
        if (takeNumber(octet)) {
          checkCrc();
        }
      }
      case COMPLETE -> throw new IllegalStateException("The header is complete.");
    }
  }

  private void takeFixed(int octet) throws DataFormatException {
    switch (count) {
      case 1 -> require(octet == 0x1f, "incorrect header check");
      case 2 -> require(octet == 0x8b, "incorrect header check");
      case 3 -> require(octet == DEFLATE, "unknown compression method");
      case 4 -> {
        flags = octet;
        require((flags & RESERVED) == 0, "unknown header flags set");
      }
      case FIXED_BYTES -> next();
      default -> {}
    }
  }

  private boolean takeNumber(int octet) {
    number = count == 1 ? octet : number | octet << 8;
    return count == 2;
  }

  private void skipEmptyExtra() {
    if (count == number) {
      next();
    }
  }

  /** Goes on to the next part that the flags announce. */
  private void next() {
    if (part.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & EXTRA) != 0) {
      begin(Part.EXTRA_LENGTH);
    } else if (part.compareTo(Part.NAME_TEXT) < 0 && (flags & NAME) != 0) {
      begin(Part.NAME_TEXT);
    } else if (part.compareTo(Part.COMMENT_TEXT) < 0 && (flags & COMMENT) != 0) {
      begin(Part.COMMENT_TEXT);
    } else if (part.compareTo(Part.CHECKSUM) < 0 && (flags & HEADER_CRC) != 0) {
      begin(Part.CHECKSUM);
    } else {
      begin(Part.COMPLETE);
    }
  }

  private void begin(Part following) {
    part = following;
    count = 0;
  }

  private void checkCrc() throws DataFormatException {
    require(number == (crc.getValue() & 0xffff), "header crc mismatch");
    begin(Part.COMPLETE);
  }

  private static void require(boolean condition, String otherwise) throws DataFormatException {
    if (!condition) {
      throw new DataFormatException(otherwise);
    }
  }
}
