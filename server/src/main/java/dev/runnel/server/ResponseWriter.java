package dev.runnel.server;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.HopByHop;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.TunnelEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * One response on its way from an isolate to a socket. What the isolate says gathers in a queue
 * until it flushes; then its thread writes as much as the network takes without blocking, and
 * Jetty's threads write the rest when a slow reader has made room.
 *
 * <p>{@code queue} is guarded by itself; the other mutable fields belong to whichever thread runs
 * {@link #process}, one at a time.
 */
final class ResponseWriter extends IteratingCallback implements ResponseSink {
  /** One write's worth. The JDK copies it into a direct buffer of the same size per thread. */
  private static final int WRITE_BYTES = 64 << 10;

  /** What waits to be written, in order. */
  private sealed interface Outgoing {
    record Informational(int status, List<Header> headers) implements Outgoing {}

    record Head(ResponseHead head) implements Outgoing {}

    record Body(ByteBuffer bytes, Runnable written) implements Outgoing {}

    record End(List<Header> trailers) implements Outgoing {}

    record Abort(String sentence) implements Outgoing {}
  }

  private final HttpExchange exchange;
  private final Response response;
  private final Deque<Outgoing> queue = new ArrayDeque<>();
  private boolean headTaken;
  private volatile boolean ending;

  private @Nullable ResponseFraming framing;
  private List<Runnable> underway = new ArrayList<>();
  private boolean lastWritten;

  ResponseWriter(HttpExchange exchange, Response response) {
    this.exchange = exchange;
    this.response = response;
  }

  @Override
  public void informational(int status, List<Header> headers) {
    if (exchange.takesInterim()) {
      enqueue(new Outgoing.Informational(status, withoutFraming(headers)));
      flush();
    }
  }

  /** What follows is no body: RFC 9110, section 15.2. */
  private static List<Header> withoutFraming(List<Header> headers) {
    return HopByHop.without(headers).stream()
        .filter(header -> !header.name().equalsIgnoreCase("content-length"))
        .toList();
  }

  @Override
  public void head(ResponseHead head) {
    Optional<String> complaint = complaint(head);
    if (complaint.isPresent()) {
      fail(new ResponseFailure(500, "", complaint.get()));
      return;
    }
    synchronized (queue) {
      if (headTaken) {
        return;
      }
      headTaken = true;
    }
    enqueue(new Outgoing.Head(head));
  }

  private static Optional<String> complaint(ResponseHead head) {
    if (head.status() < 200 || head.status() > 999) {
      return Optional.of("%d is not a status of a response.".formatted(head.status()));
    }
    if (!HeaderRules.isFieldText(head.reason())) {
      return Optional.of("The reason phrase has a character that is not allowed in it.");
    }
    return HeaderComplaint.about(head.headers());
  }

  @Override
  public void write(ByteBuffer bytes, Runnable written) {
    enqueue(new Outgoing.Body(bytes, written));
  }

  /** The network has copied what it has taken. */
  @Override
  public boolean givesBuffersBack() {
    return true;
  }

  @Override
  public void end(List<Header> trailers) {
    enqueueLast(new Outgoing.End(trailers));
  }

  @Override
  public void upgrade(SocketAnswer answer, SocketEvents events) {
    synchronized (queue) {
      if (headTaken) {
        events.failed(0, "The request has been answered already.");
        return;
      }
      headTaken = true;
    }
    ending = true;
    exchange.upgrade(response, answer, events);
  }

  @Override
  public void tunnel(ResponseHead head, TunnelEvents events) {
    synchronized (queue) {
      if (headTaken) {
        events.failed("The request has been answered already.");
        return;
      }
      headTaken = true;
    }
    ending = true;
    exchange.tunnel(response, head, events);
  }

  @Override
  public void flush() {
    iterate();
  }

  @Override
  public void fail(ResponseFailure failure) {
    exchange.limit(failure.limit());
    boolean headLeft;
    synchronized (queue) {
      headLeft = headTaken;
      headTaken = true;
    }
    if (headLeft) {
      enqueueLast(new Outgoing.Abort(failure.logged()));
    } else {
      exchange.failed(failure.logged());
      statusPage(failure);
    }
    flush();
  }

  private void statusPage(ResponseFailure failure) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("content-type", "text/plain; charset=utf-8"));
    failure
        .retryAfter()
        .ifPresent(seconds -> headers.add(new Header("retry-after", Integer.toString(seconds))));
    enqueue(new Outgoing.Head(new ResponseHead(failure.status(), "", headers)));
    enqueue(new Outgoing.Body(StatusPage.text(failure.status()), () -> {}));
    enqueueLast(new Outgoing.End(List.of()));
  }

  /** True when everything has been said and only the network is still to take it. */
  boolean isEnding() {
    return ending;
  }

  private void enqueueLast(Outgoing last) {
    enqueue(last);
    ending = true;
  }

  private void enqueue(Outgoing outgoing) {
    if (ending) {
      return;
    }
    synchronized (queue) {
      queue.add(outgoing);
    }
  }

  @Override
  protected Action process() throws IOException {
    if (lastWritten) {
      return Action.SUCCEEDED;
    }
    Outgoing first = poll();
    return switch (first) {
      case null -> Action.IDLE;
      case Outgoing.Informational interim -> sendInterim(interim);
      case Outgoing.Head(ResponseHead head) -> {
        framing = ResponseFraming.apply(head, exchange, response);
        exchange.timing().ifPresent(timing -> response.getHeaders().add("Server-Timing", timing));
        yield sendGathered();
      }
      case Outgoing.Body _, Outgoing.End _ -> {
        putBack(first);
        yield sendGathered();
      }
      case Outgoing.Abort(String sentence) -> throw new AbortedException(sentence);
    };
  }

  private Action sendInterim(Outgoing.Informational interim) {
    HttpFields.Mutable fields = HttpFields.build();
    interim.headers().forEach(header -> fields.add(header.name(), header.value()));
    // One that cannot be sent (100 to a client that does not wait for it) is no failure.
    response.writeInterim(interim.status(), fields).whenComplete((_, _) -> succeeded());
    return Action.SCHEDULED;
  }

  private Action sendGathered() throws IOException {
    ResponseFraming frame = framing;
    if (frame == null) {
      throw new AbortedException("A body came before its head.");
    }
    List<ByteBuffer> gathered = gather();
    Optional<Outgoing.End> end = takeEnd();
    end.ifPresent(last -> frame.trailers(last.trailers()));
    lastWritten = end.isPresent();
    ByteBuffer bytes = frame.hasBody() ? joined(gathered) : BufferUtil.EMPTY_BUFFER;
    exchange.wrote(bytes.remaining());
    frame.write(lastWritten, bytes, this);
    return Action.SCHEDULED;
  }

  private List<ByteBuffer> gather() {
    List<ByteBuffer> gathered = new ArrayList<>();
    int room = WRITE_BYTES;
    synchronized (queue) {
      while (room > 0
          && queue.peek() instanceof Outgoing.Body(ByteBuffer bytes, Runnable written)) {
        int taken = Math.min(room, bytes.remaining());
        gathered.add(bytes.slice(bytes.position(), taken));
        bytes.position(bytes.position() + taken);
        room -= taken;
        if (!bytes.hasRemaining()) {
          underway.add(written);
          queue.remove();
        }
      }
    }
    return gathered;
  }

  private Optional<Outgoing.End> takeEnd() {
    synchronized (queue) {
      if (queue.peek() instanceof Outgoing.End end) {
        queue.remove();
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  private static ByteBuffer joined(List<ByteBuffer> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    ByteBuffer joined = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(joined::put);
    return joined.flip();
  }

  private @Nullable Outgoing poll() {
    synchronized (queue) {
      return queue.poll();
    }
  }

  private void putBack(Outgoing outgoing) {
    synchronized (queue) {
      queue.addFirst(outgoing);
    }
  }

  @Override
  protected void onSuccess() {
    List<Runnable> written = underway;
    underway = new ArrayList<>();
    written.forEach(Runnable::run);
  }

  @Override
  protected void onCompleteSuccess() {
    exchange.completed();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    exchange.broken(cause);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
