package dev.runnel.codec;

/** A stream that needed more memory than it could have. It can only be closed. */
public final class CodecMemoryException extends RuntimeException {
  CodecMemoryException(String sentence) {
    super(sentence);
  }
}
