package dev.runnel.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Chunks as a stream. For one thread. */
public abstract class ChunkInput extends InputStream {
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  /** Waits for the next chunk, which may be empty. Not asked again after the end. */
  protected abstract Optional<ByteBuffer> next() throws IOException;

  @Override
  public final int read() throws IOException {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(target, offset, count);
    return count;
  }

  @Override
  public final int available() {
    return current.remaining();
  }

  /** Waits for the next byte; false at the end. */
  private boolean fill() throws IOException {
    while (!current.hasRemaining() && !ended) {
      Optional<ByteBuffer> chunk = next();
      ended = chunk.isEmpty();
      current = chunk.orElse(current);
    }
    return current.hasRemaining();
  }
}
