package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** A stream whose reads block, as a body: each read has a virtual thread of its own. */
public final class InputBody implements RequestBody {
  private static final int CHUNK = 64 << 10;

  private final InputStream input;

  /** Closing waits for a read that is under way. */
  private final ReentrantLock use = new ReentrantLock();

  private boolean closed;

  /** The stream is given away. */
  public InputBody(InputStream input) {
    this.input = input;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    Thread.startVirtualThread(() -> deliver(receiver));
  }

  private void deliver(Receiver receiver) {
    byte[] bytes;
    use.lock();
    try {
      bytes = closed ? new byte[0] : input.readNBytes(CHUNK);
      if (bytes.length == 0) {
        close();
      }
    } catch (IOException | RuntimeException e) {
      receiver.failed(e);
      return;
    } finally {
      use.unlock();
    }
    if (bytes.length == 0) {
      receiver.end();
    } else {
      receiver.chunk(ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public void cancel() {
    Thread.startVirtualThread(
        () -> {
          use.lock();
          try {
            close();
          } catch (IOException e) {
            // Nobody reads it any more.
          } finally {
            use.unlock();
          }
        });
  }

  private void close() throws IOException {
    if (!closed) {
      closed = true;
      input.close();
    }
  }
}
