package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.limit.RequestLimits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request between the front door and its isolate, held to its limits. Safe from any thread;
 * {@code this} guards what is counted.
 */
final class LimitedRequest implements ResponseSink, RequestHandler.Ticket {
  private final RequestBody incoming;
  private final ResponseSink sink;
  private final RequestLimits limits;
  private final Consumer<LimitedRequest> onEnd;
  private final long began = System.nanoTime();

  private final Pace sending = new Pace();
  private final Pace taking = new Pace();
  private RequestHandler.@Nullable Ticket ticket;
  private boolean failed;
  private boolean ended;
  private boolean over;

  /** How long the client has kept us waiting in all, and for how many bytes. */
  private static final class Pace {
    private long bytes;
    private long pending;
    private long since;
    private long waited;

    private void begin(long count) {
      if (pending == 0) {
        since = System.nanoTime();
      }
      pending += count;
    }

    private void end(long count) {
      pending -= count;
      if (pending == 0) {
        waited += System.nanoTime() - since;
      }
    }

    private long waited(long now) {
      return pending == 0 ? waited : waited + now - since;
    }
  }

  LimitedRequest(
      RequestBody incoming,
      ResponseSink sink,
      RequestLimits limits,
      Consumer<LimitedRequest> onEnd) {
    this.incoming = incoming;
    this.sink = sink;
    this.limits = limits;
    this.onEnd = onEnd;
  }

  static ResponseFailure tooLarge(RequestLimits limits) {
    return new ResponseFailure(
        413, "body", "The request body is larger than %d bytes.".formatted(limits.bodyBytes()));
  }

  /** Called once, when the handler has taken the request. */
  void sentAs(RequestHandler.Ticket handlers) {
    boolean late;
    synchronized (this) {
      ticket = handlers;
      late = failed;
    }
    if (late) {
      handlers.clientGone();
    }
  }

  void check(long now) {
    brokenLimit(now).ifPresent(this::failBy);
  }

  private synchronized Optional<ResponseFailure> brokenLimit(long now) {
    if (over) {
      return Optional.empty();
    }
    if (limits.wall().isPresent() && now - began > limits.wall().get().toNanos()) {
      return Optional.of(
          new ResponseFailure(
              504,
              "wall-time",
              "The request took longer than its limit of %d ms."
                  .formatted(limits.wall().get().toMillis())));
    }
    if (sending.waited(now) > limits.mostNanos(sending.bytes)) {
      return Optional.of(
          new ResponseFailure(
              408,
              "rate",
              "The client sent its body slower than %d bytes a second.".formatted(limits.rate())));
    }
    if (taking.waited(now) > limits.mostNanos(taking.bytes)) {
      return Optional.of(
          new ResponseFailure(
              408,
              "rate",
              "The client took the answer slower than %d bytes a second."
                  .formatted(limits.rate())));
    }
    return Optional.empty();
  }

  private void failBy(ResponseFailure failure) {
    RequestHandler.Ticket handlers;
    synchronized (this) {
      if (failed || over) {
        return;
      }
      failed = true;
      handlers = ticket;
    }
    finish();
    sink.fail(failure);
    if (handlers != null) {
      handlers.clientGone();
    }
  }

  private void finish() {
    synchronized (this) {
      over = true;
    }
    onEnd.accept(this);
  }

  private synchronized boolean hasFailed() {
    return failed;
  }

  @Override
  public void clientGone() {
    finish();
    RequestHandler.Ticket handlers;
    synchronized (this) {
      failed = true;
      handlers = ticket;
    }
    if (handlers != null) {
      handlers.clientGone();
    }
  }

  @Override
  public void informational(int status, List<Header> headers) {
    if (!hasFailed()) {
      sink.informational(status, headers);
    }
  }

  @Override
  public void head(ResponseHead head) {
    if (LimitedRequests.announcedBytes(head.headers()) > limits.responseBytes()) {
      failBy(responseTooLarge());
    } else if (!hasFailed()) {
      sink.head(head);
    }
  }

  private ResponseFailure responseTooLarge() {
    return new ResponseFailure(
        503,
        "response",
        "The response is larger than its limit of %d bytes.".formatted(limits.responseBytes()));
  }

  @Override
  public void write(ByteBuffer bytes, Runnable written) {
    int length = bytes.remaining();
    boolean fits;
    synchronized (this) {
      if (failed) {
        return;
      }
      taking.bytes += length;
      taking.begin(length);
      fits = taking.bytes <= limits.responseBytes();
    }
    if (!fits) {
      failBy(responseTooLarge());
      return;
    }
    sink.write(
        bytes,
        () -> {
          taken(length);
          written.run();
        });
  }

  @Override
  public boolean givesBuffersBack() {
    return sink.givesBuffersBack();
  }

  private void taken(int length) {
    boolean isLast;
    synchronized (this) {
      taking.end(length);
      isLast = ended && taking.pending == 0;
    }
    if (isLast) {
      finish();
    }
  }

  @Override
  public void end(List<Header> trailers) {
    boolean isWritten;
    synchronized (this) {
      if (failed) {
        return;
      }
      ended = true;
      isWritten = taking.pending == 0;
    }
    sink.end(trailers);
    if (isWritten) {
      finish();
    }
  }

  @Override
  public void flush() {
    sink.flush();
  }

  /** A WebSocket has limits of its own. */
  @Override
  public void upgrade(SocketAnswer answer, SocketEvents events) {
    finish();
    sink.upgrade(answer, events);
  }

  @Override
  public void fail(ResponseFailure failure) {
    finish();
    if (!hasFailed()) {
      sink.fail(failure);
    }
  }

  /** The body as the program reads it. */
  RequestBody body() {
    return incoming.isEmpty() ? incoming : new LimitedBody();
  }

  private final class LimitedBody implements RequestBody {
    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public void cancel() {
      incoming.cancel();
    }

    @Override
    public void read(Receiver receiver) {
      synchronized (LimitedRequest.this) {
        sending.begin(1);
      }
      incoming.read(
          new Receiver() {
            @Override
            public void chunk(ByteBuffer bytes) {
              if (arrived(bytes.remaining())) {
                receiver.chunk(bytes);
              } else {
                failBy(tooLarge(limits));
                receiver.failed(new IllegalStateException("The request body is too large."));
              }
            }

            @Override
            public void end() {
              arrived(0);
              receiver.end();
            }

            @Override
            public void failed(Throwable cause) {
              arrived(0);
              receiver.failed(cause);
            }
          });
    }

    /** False when it is more than may come. */
    private boolean arrived(int length) {
      synchronized (LimitedRequest.this) {
        sending.end(1);
        sending.bytes += length;
        return sending.bytes <= limits.bodyBytes();
      }
    }
  }
}
