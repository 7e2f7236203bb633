package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.ChunkInput;
import dev.runnel.runtime.http.RequestBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A body as a stream whose reads block; best on a virtual thread. For one thread. */
public final class BodyInput extends ChunkInput {
  /** The sender's failure, not that of whoever keeps the body. */
  public static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken(Throwable cause) {
      super("The body broke off.", cause);
    }
  }

  private final RequestBody body;

  public BodyInput(RequestBody body) {
    this.body = body;
  }

  @Override
  public void close() {
    body.cancel();
  }

  @Override
  protected Optional<ByteBuffer> next() throws IOException {
    var next = new CompletableFuture<Optional<ByteBuffer>>();
    body.read(new Next(next));
    return await(next);
  }

  private static Optional<ByteBuffer> await(CompletableFuture<Optional<ByteBuffer>> next)
      throws IOException {
    try {
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a body.");
    } catch (ExecutionException e) {
      throw new Broken(e);
    }
  }

  private record Next(CompletableFuture<Optional<ByteBuffer>> next)
      implements RequestBody.Receiver {
    @Override
    public void chunk(ByteBuffer bytes) {
      next.complete(Optional.of(bytes));
    }

    @Override
    public void end() {
      next.complete(Optional.empty());
    }

    @Override
    public void failed(Throwable cause) {
      next.completeExceptionally(cause);
    }
  }
}
