package dev.runnel.brotli;

/** A stream that was told to end in its midst. It can only be closed. */
public final class BrotliInterruptedException extends RuntimeException {
  BrotliInterruptedException() {
    super("The compression was interrupted.");
  }
}
