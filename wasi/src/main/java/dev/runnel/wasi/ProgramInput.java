package dev.runnel.wasi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, which a program may wait for beside a clock. A plain stream can't be asked
 * whether it has anything: from the first question on a thread reads ahead, one piece at a time.
 */
final class ProgramInput implements AutoCloseable {
  private static final int PIECE = 1 << 16;
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final InputStream stream;
  private @Nullable Thread reader;
  private @Nullable ByteBuffer piece;
  private @Nullable IOException failure;
  private boolean hasEnded;

  ProgramInput(InputStream stream) {
    this.stream = stream;
  }

  /** Reads some bytes; 0 at the end. */
  int read(ByteBuffer into) throws IOException {
    synchronized (this) {
      if (reader != null) {
        return takeAhead(into);
      }
    }
    if (!into.hasRemaining()) {
      return 0;
    }
    int count = stream.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
    return Math.max(0, count);
  }

  private synchronized int takeAhead(ByteBuffer into) throws IOException {
    while (!isReady()) {
      await(0);
    }
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    ByteBuffer bytes = piece;
    if (bytes == null) {
      return 0;
    }
    int count = Math.min(bytes.remaining(), into.remaining());
    into.put(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
    if (!bytes.hasRemaining()) {
      piece = null;
      notifyAll();
    }
    return count;
  }

  /** Whether a read would return at once, after so long at most. */
  synchronized boolean isReadyWithin(Duration wait) throws InterruptedIOException {
    startReadingAhead();
    long deadline = System.nanoTime() + wait.toNanos();
    while (!isReady()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      await(left / NANOS_IN_MILLI + 1);
    }
    return true;
  }

  /** What can be read without waiting. */
  synchronized int available() {
    return piece == null ? 0 : piece.remaining();
  }

  private boolean isReady() {
    return piece != null || failure != null || hasEnded;
  }

  private void await(long millis) throws InterruptedIOException {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for input.");
    }
  }

  private void startReadingAhead() {
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("wasi-input").start(this::readAhead);
    }
  }

  private void readAhead() {
    try {
      while (true) {
        byte[] bytes = new byte[PIECE];
        int count = stream.read(bytes);
        synchronized (this) {
          hasEnded = count < 0;
          piece = count <= 0 ? null : ByteBuffer.wrap(bytes, 0, count);
          notifyAll();
          while (piece != null) {
            wait();
          }
          if (hasEnded) {
            return;
          }
        }
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new InterruptedIOException("Interrupted while reading ahead."));
    }
  }

  private synchronized void fail(IOException cause) {
    failure = cause;
    notifyAll();
  }

  /** Nobody reads on. */
  @Override
  public synchronized void close() {
    Thread ahead = reader;
    if (ahead != null) {
      ahead.interrupt();
    }
  }
}
