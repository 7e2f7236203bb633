package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests that no isolate could take when they came, in order. Safe from any thread.
 *
 * <p>Which isolate takes one is decided under this object's lock; it is given away, or failed,
 * outside of it.
 */
final class WaitingRequests {
  private final PoolOptions.Admission limits;
  private final Function<IsolatePool.Door, Optional<RequestHandler>> taker;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private volatile int count;

  /**
   * @param taker an isolate's handler that has to be given the request then
   */
  WaitingRequests(
      PoolOptions.Admission limits, Function<IsolatePool.Door, Optional<RequestHandler>> taker) {
    this.limits = limits;
    this.taker = taker;
  }

  int count() {
    return count;
  }

  /**
   * @param unbegun asked when the isolate that gets it is lost before it begins with it
   */
  RequestHandler.Ticket add(
      WorkerRequest request,
      ResponseSink sink,
      IsolatePool.Door door,
      RequestHandler.Unbegun unbegun) {
    var one = new Waiting(request, sink, door, unbegun);
    boolean fits;
    synchronized (queue) {
      fits = queue.size() < limits.queue();
      if (fits) {
        queue.add(one);
        count = queue.size();
      }
    }
    if (fits) {
      one.expiry = PoolClock.after(limits.patience(), () -> expire(one));
    } else {
      sink.fail(
          new ResponseFailure(
              503,
              "queue",
              "%d requests are in flight and %d wait, as many as may."
                  .formatted(limits.requests(), limits.queue())));
    }
    return one;
  }

  private boolean remove(Waiting one) {
    synchronized (queue) {
      boolean waited = queue.remove(one);
      count = queue.size();
      return waited;
    }
  }

  private void expire(Waiting one) {
    if (remove(one)) {
      one.sink.fail(
          new ResponseFailure(
              503,
              "queue-wait",
              "The request waited %d ms for an isolate, as long as it may."
                  .formatted(limits.patience().toMillis())));
    }
  }

  /** Gives as many away as isolates take. */
  void giveAway() {
    while (count > 0) {
      Waiting first;
      RequestHandler handler;
      synchronized (queue) {
        first = queue.peek();
        handler = first == null ? null : taker.apply(first.door).orElse(null);
        if (first == null || handler == null) {
          return;
        }
        queue.remove();
        count = queue.size();
      }
      first.givenTo(handler);
    }
  }

  /** There is nobody any more who could take one. */
  void failAll() {
    Waiting one;
    do {
      synchronized (queue) {
        one = queue.poll();
        count = queue.size();
      }
      if (one != null) {
        one.cancelExpiry();
        one.sink.fail(new ResponseFailure(503, "", "The program is not running."));
      }
    } while (one != null);
  }

  private final class Waiting implements RequestHandler.Ticket {
    private final WorkerRequest request;
    private final ResponseSink sink;
    private final IsolatePool.Door door;
    private final RequestHandler.Unbegun unbegun;
    private volatile @Nullable Future<?> expiry;
    private RequestHandler.@Nullable Ticket ticket;
    private boolean gone;

    Waiting(
        WorkerRequest request,
        ResponseSink sink,
        IsolatePool.Door door,
        RequestHandler.Unbegun unbegun) {
      this.request = request;
      this.sink = sink;
      this.door = door;
      this.unbegun = unbegun;
    }

    private void cancelExpiry() {
      Future<?> pending = expiry;
      if (pending != null) {
        pending.cancel(false);
      }
    }

    private void givenTo(RequestHandler handler) {
      cancelExpiry();
      RequestHandler.Ticket given = handler.handle(request, sink, unbegun);
      boolean tell;
      synchronized (this) {
        ticket = given;
        tell = gone;
      }
      if (tell) {
        given.clientGone();
      }
    }

    @Override
    public void clientGone() {
      if (remove(this)) {
        cancelExpiry();
        request.body().cancel();
        return;
      }
      RequestHandler.Ticket given;
      synchronized (this) {
        gone = true;
        given = ticket;
      }
      if (given != null) {
        given.clientGone();
      }
    }
  }
}
