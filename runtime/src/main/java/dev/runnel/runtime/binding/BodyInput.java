package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A body as a stream whose reads block; best on a virtual thread. For one thread. */
public final class BodyInput extends InputStream {
  /** The sender's failure, not that of whoever keeps the body. */
  public static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken(Throwable cause) {
      super("The body broke off.", cause);
    }
  }

  private final RequestBody body;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  public BodyInput(RequestBody body) {
    this.body = body;
  }

  @Override
  public int read() throws IOException {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
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
  public void close() {
    body.cancel();
  }

  /** Waits for the next byte; false at the end. */
  private boolean fill() throws IOException {
    while (!current.hasRemaining() && !ended) {
      var next = new CompletableFuture<ByteBuffer>();
      body.read(new Next(next));
      current = await(next);
    }
    return current.hasRemaining();
  }

  private static ByteBuffer await(CompletableFuture<ByteBuffer> next) throws IOException {
    try {
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a body.");
    } catch (ExecutionException e) {
      throw new Broken(e);
    }
  }

  private final class Next implements RequestBody.Receiver {
    private final CompletableFuture<ByteBuffer> next;

    Next(CompletableFuture<ByteBuffer> next) {
      this.next = next;
    }

    @Override
    public void chunk(ByteBuffer bytes) {
      next.complete(bytes);
    }

    @Override
    public void end() {
      ended = true;
      next.complete(ByteBuffer.allocate(0));
    }

    @Override
    public void failed(Throwable cause) {
      next.completeExceptionally(cause);
    }
  }
}
