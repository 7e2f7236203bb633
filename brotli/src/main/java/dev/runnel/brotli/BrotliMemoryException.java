package dev.runnel.brotli;

/** A stream that needed more memory than it could have. It can only be closed. */
public final class BrotliMemoryException extends RuntimeException {
  BrotliMemoryException(String sentence) {
    super(sentence);
  }
}
