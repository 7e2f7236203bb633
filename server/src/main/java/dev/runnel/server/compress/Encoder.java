package dev.runnel.server.compress;

import java.nio.ByteBuffer;

/** One body being compressed, by one thread at a time. */
interface Encoder extends AutoCloseable {
  void write(ByteBuffer bytes);

  /** Everything since the last call, such that whoever decodes it has all that was written. */
  ByteBuffer flushed();

  /** What is left, and the end of the coding. */
  ByteBuffer finished();

  @Override
  void close();
}
