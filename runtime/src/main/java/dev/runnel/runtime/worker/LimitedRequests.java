package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.RequestLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds the requests of one program to their limits. Sizes are counted as bytes pass; times are
 * looked at every {@link #INTERVAL}, all requests at once, so that none needs a timer. Safe from
 * any thread.
 */
public final class LimitedRequests {
  static final Duration INTERVAL = Duration.ofMillis(100);

  private final RequestLimits limits;
  private final Set<LimitedRequest> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  LimitedRequests(RequestLimits limits) {
    this.limits = limits;
  }

  /** A handler whose requests are held to limits. */
  public static RequestHandler before(RequestHandler handler, RequestLimits limits) {
    LimitedRequests limited = new LimitedRequests(limits);
    return (request, sink) -> limited.handle(request, sink, handler);
  }

  RequestHandler.Ticket handle(WorkerRequest request, ResponseSink sink, RequestHandler next) {
    if (limits.equals(RequestLimits.NONE)) {
      return next.handle(request, sink);
    }
    if (announcedBytes(request.headers()) > limits.bodyBytes()) {
      sink.fail(LimitedRequest.tooLarge(limits));
      return () -> {};
    }
    var limited = new LimitedRequest(request.body(), sink, limits, open::remove);
    open.add(limited);
    look();
    limited.sentAs(next.handle(request.withBody(limited.body()), limited));
    return limited;
  }

  /** HTTP itself sees to it that a body isn't longer than it says. */
  static long announcedBytes(List<Header> headers) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase("content-length"))
        .map(header -> header.value().strip())
        .filter(value -> value.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(0);
  }

  private void look() {
    if (looking.compareAndSet(false, true)) {
      PoolClock.after(INTERVAL, this::lookAtAll);
    }
  }

  private void lookAtAll() {
    looking.set(false);
    long now = System.nanoTime();
    open.forEach(one -> one.check(now));
    if (!open.isEmpty()) {
      look();
    }
  }
}
