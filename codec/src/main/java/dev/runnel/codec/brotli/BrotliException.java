package dev.runnel.codec.brotli;

import java.util.zip.DataFormatException;

/** Compressed data that is no Brotli stream. */
public final class BrotliException extends DataFormatException {
  private final int code;

  BrotliException(int code) {
    super("Brotli's decoder failed with code %d".formatted(code));
    this.code = code;
  }

  /** Negative, a {@code BROTLI_DECODER_ERROR_…} as Brotli's C library numbers them. */
  public int code() {
    return code;
  }
}
