package dev.runnel.codec;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** One stream being decompressed, by one thread at a time. */
public interface StreamDecoder extends AutoCloseable {
  /**
   * Takes from the input and adds to the output until one of them is used up, or the stream has
   * ended. To be called again with the rest of the input while the output comes back full.
   *
   * @throws DataFormatException when the input is no such stream
   * @throws CodecMemoryException when there is no room
   */
  void run(ByteBuffer input, ByteBuffer output) throws DataFormatException;

  /** True when the stream's end has been read. */
  boolean isFinished();

  @Override
  void close();
}
