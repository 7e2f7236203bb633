package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.ChunkInput;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The sink and the response of one {@code fetch}: chunks wait in a queue until they are read. The
 * program's back-pressure keeps the queue short, since a chunk counts as sent when it is taken.
 */
final class StreamedResponse implements ResponseSink, WorkerResponse {

  private sealed interface Item {
    record Chunk(ByteBuffer bytes, Runnable written) implements Item {}

    record End() implements Item {}

    record Failure(Exception cause) implements Item {}
  }

  private final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private volatile RequestHandler.@Nullable Ticket ticket;
  private volatile boolean closed;

  void sentAs(RequestHandler.Ticket given) {
    ticket = given;
    if (closed) {
      given.clientGone();
    }
  }

  /** Completes when the head is here; a failure before it becomes a response of its own. */
  CompletableFuture<ResponseHead> whenHead() {
    return head;
  }

  @Override
  public void informational(int status, List<Header> headers) {}

  @Override
  public void head(ResponseHead given) {
    head.complete(given);
  }

  @Override
  public void write(ByteBuffer bytes, Runnable written) {
    items.add(new Item.Chunk(bytes, written));
  }

  @Override
  public void end(List<Header> trailers) {
    items.add(new Item.End());
  }

  @Override
  public void fail(ResponseFailure failure) {
    var instead = new ResponseHead(failure.status(), "", List.of());
    if (head.complete(instead)) {
      items.add(new Item.End());
    } else {
      items.add(new Item.Failure(new IOException(failure.sentence())));
    }
  }

  @Override
  public int status() {
    return head.join().status();
  }

  @Override
  public String reason() {
    return head.join().reason();
  }

  @Override
  public List<Header> headers() {
    return head.join().headers();
  }

  @Override
  public InputStream body() {
    return new Body();
  }

  @Override
  public Flow.Publisher<ByteBuffer> bodyPublisher() {
    return subscriber -> {
      var subscription = new Subscription(subscriber);
      subscriber.onSubscribe(subscription);
      Thread.ofVirtual().name("runnel-response").start(subscription::deliver);
    };
  }

  @Override
  public void close() {
    closed = true;
    var holding = ticket;
    if (holding != null) {
      holding.clientGone();
    }
  }

  private final class Body extends ChunkInput {
    @Override
    public void close() {
      StreamedResponse.this.close();
    }

    @Override
    protected Optional<ByteBuffer> next() throws IOException {
      return switch (take()) {
        case Item.Chunk(var bytes, var written) -> {
          written.run();
          yield Optional.of(bytes);
        }
        case Item.End() -> Optional.empty();
        case Item.Failure(var cause) -> throw new IOException(cause.getMessage(), cause);
      };
    }

    private Item take() throws IOException {
      try {
        return items.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new java.io.InterruptedIOException("Interrupted while waiting for the response.");
      }
    }
  }

  /** Delivers one chunk for each that was asked for, on a virtual thread of its own. */
  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Demand demand = new Demand();
    private volatile boolean cancelled;

    Subscription(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n > 0) {
        demand.add(n);
      } else {
        demand.end();
        items.add(new Item.Failure(new IllegalArgumentException("The demand must be positive.")));
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      demand.end();
      close();
    }

    private void deliver() {
      try {
        boolean more = true;
        while (more && !cancelled) {
          more = deliverOne(items.take());
        }
      } catch (InterruptedException e) {
        subscriber.onError(e);
      }
    }

    private boolean deliverOne(Item item) throws InterruptedException {
      return switch (item) {
        case Item.Chunk(var bytes, var written) -> {
          if (demand.take()) {
            written.run();
            subscriber.onNext(bytes);
          }
          yield true;
        }
        case Item.End() -> {
          subscriber.onComplete();
          yield false;
        }
        case Item.Failure(var cause) -> {
          subscriber.onError(cause);
          yield false;
        }
      };
    }
  }
}
