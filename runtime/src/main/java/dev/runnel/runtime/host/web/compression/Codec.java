package dev.runnel.runtime.host.web.compression;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/**
 * One compression or decompression under way. It keeps nothing of its input: what it doesn't take
 * now is offered again.
 */
public interface Codec extends AutoCloseable {

  /** What has to be written once the input is used up, in the order of zlib's numbers. */
  enum Flush {
    /** Whatever makes for the best compression. */
    NONE,
    /** All that the input stands for, so that the other side can read it. */
    SYNC,
    /** The same, and what follows can be read without what came before. */
    FULL,
    /** The end of the stream too. */
    FINISH
  }

  /**
   * Takes from the input and adds to the output, up to its limit, until one of them is used up. To
   * be called again with the rest of the input and the same flush while the output comes back full.
   *
   * @throws DataFormatException when the input isn't what the format wants, in zlib's words
   */
  void run(ByteBuffer input, ByteBuffer output, Flush flush) throws DataFormatException;

  /** True when the stream has ended; it takes no more input. */
  boolean isFinished();

  /** Begins a new stream. */
  void reset();

  /** Gives back memory outside of the JVM's heap. */
  @Override
  void close();
}
