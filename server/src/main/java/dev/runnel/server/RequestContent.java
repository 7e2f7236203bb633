package dev.runnel.server;

import dev.runnel.runtime.http.RequestBody;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;

/**
 * A request's body as Jetty receives it. Nothing is read from the connection before the program
 * asks, so a program that pauses makes its client pause.
 */
final class RequestContent implements RequestBody {
  /** What the exchange has to know of its body. */
  interface Watcher {
    /** The connection has nothing more of this request in it. */
    void bodyEnded();

    /** More bytes than allowed have come. */
    void bodyTooLarge();

    /** What comes is not what RFC 9112, section 7.1, calls chunked. */
    void bodyMalformed(int status);

    /** The program waits for bytes that the client doesn't send. */
    void bodyStalled();
  }

  private final Request request;
  private final long limit;
  private final Watcher watcher;
  private long received;

  RequestContent(Request request, long limit, Watcher watcher) {
    this.request = request;
    this.limit = limit;
    this.watcher = watcher;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    Content.Chunk chunk = request.read();
    while (chunk != null && isEmptyInBetween(chunk)) {
      chunk.release();
      chunk = request.read();
    }
    if (chunk == null) {
      request.demand(() -> read(receiver));
    } else {
      deliver(chunk, receiver);
    }
  }

  /**
   * A failure that may pass, such as an idle timeout, is neither the last chunk nor an empty one.
   */
  private static boolean isEmptyInBetween(Content.Chunk chunk) {
    return !chunk.hasRemaining() && !chunk.isLast() && !Content.Chunk.isFailure(chunk);
  }

  private void deliver(Content.Chunk chunk, Receiver receiver) {
    if (Content.Chunk.isFailure(chunk)) {
      if (chunk.getFailure() instanceof TimeoutException) {
        watcher.bodyStalled();
      } else if (chunk.getFailure() instanceof HttpException malformed
          && !(malformed instanceof EofException && hasLeft())) {
        watcher.bodyMalformed(malformed.getCode());
      }
      receiver.failed(chunk.getFailure());
      return;
    }
    if (chunk.isLast()) {
      watcher.bodyEnded();
    }
    received += chunk.remaining();
    if (received > limit) {
      chunk.release();
      watcher.bodyTooLarge();
      receiver.failed(new BodyTooLargeException(limit));
    } else if (chunk.hasRemaining()) {
      receiver.chunk(copyOf(chunk));
    } else {
      chunk.release();
      receiver.end();
    }
  }

  /** Jetty has one name for bytes that make no sense and for bytes that don't come. */
  private boolean hasLeft() {
    return request.getConnectionMetaData().getConnection().getEndPoint().isInputShutdown();
  }

  private static ByteBuffer copyOf(Content.Chunk chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes, 0, bytes.length);
    chunk.release();
    return ByteBuffer.wrap(bytes);
  }

  /** What is unread is dropped by Jetty when the response has ended. */
  @Override
  public void cancel() {}
}
