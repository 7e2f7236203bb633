package dev.runnel.runtime.host.web.encoding;

/** One encoding's decoder. Without state: what a chunk leaves incomplete is given again. */
interface ByteDecoder {
  /** Stands for what can't be decoded. */
  char REPLACEMENT = '\uFFFD';

  /**
   * Appends the text of the bytes from offset to limit.
   *
   * @param isLast whether the bytes end there; otherwise a character's beginning is left
   * @return how many of the last bytes were left, or {@link #MALFORMED} when errors are fatal and
   *     there was one
   */
  int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out);

  int MALFORMED = -1;
}
