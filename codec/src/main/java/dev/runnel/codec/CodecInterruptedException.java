package dev.runnel.codec;

/** A stream that was told to end in its midst. It can only be closed. */
public final class CodecInterruptedException extends RuntimeException {
  CodecInterruptedException() {
    super("The compression was interrupted.");
  }
}
