package dev.runnel.runtime.exchange;

import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.TunnelEvents;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.Charge;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The requests in flight in one isolate. Ids that the guest names are looked up here: one that
 * isn't open does nothing, since its client may have gone a moment ago.
 *
 * <p>Confined to the loop thread but for {@link #open}.
 */
public final class Exchanges {

  /**
   * @param open how many requests may be in flight at once
   * @param outputBytes how many written bytes may wait for the network, over all requests
   */
  public record Limits(int open, long outputBytes) {
    public Limits withOpen(int changed) {
      return new Limits(changed, outputBytes);
    }

    public Limits withOutputBytes(long changed) {
      return new Limits(open, changed);
    }
  }

  /** Hears of requests. Each method is called exactly once for every {@link #open}. */
  public interface Observer {
    Observer NONE =
        new Observer() {
          @Override
          public void began(long waitedNanos) {}

          @Override
          public void ended() {}
        };

    /**
     * The loop has come to a request. On its thread, or on the caller's of {@link #open} when the
     * loop has ended.
     */
    void began(long waitedNanos);

    /**
     * Nothing more comes of a request: answered, failed, or its client has gone. After the other.
     */
    void ended();
  }

  /** What {@code internal/exchange.js} knows by the same names. */
  private static final int HAS_BODY = 1;

  private static final int HAS_PLAIN_TARGET = 2;
  private static final int IS_HEAD = 4;

  /** How many ids one call of the guest carries. */
  private static final int CLOSED_AT_ONCE = 16;

  private static final ResponseFailure GONE =
      new ResponseFailure(503, "", "The program has ended.");

  private final EventLoop loop;
  private final GuestCall guest;
  private final Limits limits;
  private final Observer observer;
  private final Map<Integer, Exchange> open = new HashMap<>();

  /** Those with something to send, each once. */
  private List<Exchange> unflushed = new ArrayList<>();

  /** So many of them, from the first on, wrote in earlier turns. */
  private int kept;

  /** Those that have closed and that the guest hasn't heard of. */
  private final Queue<Integer> closed = new ArrayDeque<>();

  private int nextId = 1;
  private long outputBytes;
  private @Nullable ResponseFailure failure;

  public Exchanges(EventLoop loop, GuestCall guest, Limits limits, Observer observer) {
    this.loop = loop;
    this.guest = guest;
    this.limits = limits;
    this.observer = observer;
  }

  /** What gives requests to the guest's listener of that number. From any thread. */
  public RequestHandler handler(int listener) {
    return new RequestHandler() {
      @Override
      public Ticket handle(WorkerRequest request, ResponseSink sink) {
        return open(listener, request, sink);
      }

      @Override
      public Ticket handle(WorkerRequest request, ResponseSink sink, Unbegun unbegun) {
        return open(listener, request, sink, unbegun);
      }
    };
  }

  /** Gives a request to the guest's listener of that number. From any thread. */
  public RequestHandler.Ticket open(int listener, WorkerRequest request, ResponseSink sink) {
    return open(
        listener,
        request,
        sink,
        why -> {
          sink.fail(why);
          return () -> {};
        });
  }

  private RequestHandler.Ticket open(
      int listener, WorkerRequest request, ResponseSink sink, RequestHandler.Unbegun unbegun) {
    var ticket = new Ticket();
    long handedOver = System.nanoTime();
    if (!loop.post(
        () -> {
          observer.began(System.nanoTime() - handedOver);
          if (failure == null) {
            begin(listener, request, sink, ticket);
          } else {
            observer.ended();
            ticket.passTo(unbegun, failure);
          }
        })) {
      observer.began(0);
      observer.ended();
      return unbegun.again(GONE);
    }
    return ticket;
  }

  private void refuse(ResponseSink sink, ResponseFailure why) {
    sink.fail(why);
    observer.ended();
  }

  private void begin(int listener, WorkerRequest request, ResponseSink sink, Ticket ticket) {
    if (ticket.gone) {
      observer.ended();
      return;
    }
    if (open.size() >= limits.open()) {
      refuse(
          sink,
          new ResponseFailure(
              503,
              "open-requests",
              "The limit of %d open requests is reached.".formatted(limits.open())));
      return;
    }
    var exchange = new Exchange(nextId++, request, sink, this);
    ticket.exchange = exchange;
    open.put(exchange.id(), exchange);
    loop.hold();
    loop.chargeTo(exchange.charge());
    callGuest(listener, exchange);
  }

  private void callGuest(int listener, Exchange exchange) {
    WorkerRequest request = exchange.request();
    guest.call(
        "request",
        JsValue.of(exchange.id()),
        JsValue.of(listener),
        JsValue.of(flags(request)),
        JsValue.of(describe(request)));
  }

  private static int flags(WorkerRequest request) {
    return (request.body().isEmpty() ? 0 : HAS_BODY)
        | (PlainTarget.isIn(request.url()) ? HAS_PLAIN_TARGET : 0)
        | (request.method().equals("HEAD") ? IS_HEAD : 0);
  }

  /** One text, since each that crosses costs; most programs never look at its latter half. */
  private static String describe(WorkerRequest request) {
    var text = new StringBuilder(512);
    text.append(request.method()).append('\n').append(request.url()).append('\n');
    describe(request.connection(), text);
    HeaderRules.join(request.headers(), text.append('\n'));
    return text.toString();
  }

  private static void describe(WorkerRequest.Connection connection, StringBuilder text) {
    text.append(connection.httpVersion())
        .append(connection.encrypted() ? " 1 " : " 0 ")
        .append(connection.remoteAddress())
        .append(' ')
        .append(connection.remotePort())
        .append(' ')
        .append(connection.localAddress())
        .append(' ')
        .append(connection.localPort());
  }

  /** What an answer is being made to; empty when there is nothing open under that id. */
  public Optional<WorkerRequest> request(int id) {
    return Optional.ofNullable(open.get(id)).map(Exchange::request);
  }

  /** What the request of that id has used; empty when none is open under it. */
  public Optional<Charge> charge(int id) {
    return Optional.ofNullable(open.get(id)).map(Exchange::charge);
  }

  public int openCount() {
    return open.size();
  }

  public void informational(int id, int status, List<Header> headers) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.informational(status, headers);
    }
  }

  public void head(int id, ResponseHead head) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.head(head);
    }
  }

  /** The bytes are copied. */
  public void copy(int id, ByteBuffer window) {
    byte[] bytes = new byte[window.remaining()];
    window.duplicate().get(bytes);
    write(id, ByteBuffer.wrap(bytes));
  }

  /** The buffer is given away. */
  public void write(int id, ByteBuffer bytes) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.write(bytes);
    }
  }

  public void trailers(int id, List<Header> trailers) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.trailers(trailers);
    }
  }

  public void end(int id) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.end();
    }
  }

  /**
   * Sends a body that comes from elsewhere, without the guest; it becomes the end of the answer.
   * When the request isn't open any more, the body is cancelled.
   */
  public void forward(int id, RequestBody body) {
    var exchange = open.get(id);
    if (exchange == null) {
      body.cancel();
    } else {
      exchange.forward(body);
    }
  }

  /** Makes the connection of a request that isn't answered yet a WebSocket. */
  public void upgrade(int id, SocketAnswer answer, SocketEvents events) {
    var exchange = open.get(id);
    if (exchange == null) {
      events.failed(0, "The client has gone.");
    } else {
      exchange.upgrade(answer, events);
    }
  }

  /** Hands the connection of a request that isn't answered yet over to the program. */
  public void tunnel(int id, ResponseHead head, TunnelEvents events) {
    var exchange = open.get(id);
    if (exchange == null) {
      events.failed("The client has gone.");
    } else {
      exchange.tunnel(head, events);
    }
  }

  public void flushHead(int id) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.flushLater();
    }
  }

  public void abort(int id, String sentence) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.abort(sentence);
    }
  }

  public void pull(int id) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.pull();
    }
  }

  public void cancelBody(int id) {
    var exchange = open.get(id);
    if (exchange != null) {
      exchange.cancelBody();
    }
  }

  /** Sends what this turn has written, and what was kept. At the end of a turn. */
  public void flush() {
    if (!unflushed.isEmpty()) {
      var now = unflushed;
      unflushed = new ArrayList<>();
      kept = 0;
      now.forEach(Exchange::flush);
    }
  }

  /** Keeps what this turn has written for the next. In place of {@link #flush}. */
  public void keep() {
    kept = unflushed.size();
  }

  /**
   * The isolate has ended: what earlier turns wrote leaves, the rest of what is in flight fails.
   */
  public void failAll(GuestEnd end) {
    ResponseFailure cause = failureOf(end);
    failure = cause;
    unflushed.subList(0, kept).forEach(Exchange::flush);
    for (var exchange : new ArrayList<>(open.values())) {
      open.remove(exchange.id());
      exchange.fail(cause);
      observer.ended();
    }
  }

  private static ResponseFailure failureOf(GuestEnd end) {
    return switch (end) {
      case GuestEnd.Lost(IsolateException.TimedOut cause, _) ->
          new ResponseFailure(503, cause.reason().limit(), cause.reason().sentence());
      case GuestEnd.Lost(IsolateException.OutOfMemory cause, _) ->
          new ResponseFailure(503, "memory", String.valueOf(cause.getMessage()));
      case GuestEnd.Lost(var cause, _) ->
          new ResponseFailure(503, "", String.valueOf(cause.getMessage()));
      case GuestEnd.Exited _, GuestEnd.FailedToStart _, GuestEnd.Closed _ -> GONE;
    };
  }

  /** As a turn of that request. */
  void post(Exchange exchange, Runnable task) {
    loop.post(
        () -> {
          loop.chargeTo(exchange.charge());
          task.run();
        });
  }

  /** For what doesn't call the guest: at once when it is reported on the loop's own thread. */
  void onLoop(Runnable task) {
    if (loop.isCurrentThread()) {
      task.run();
    } else {
      loop.post(task);
    }
  }

  void needsFlush(Exchange exchange) {
    unflushed.add(exchange);
  }

  void count(long bytes) {
    outputBytes += bytes;
    if (outputBytes > limits.outputBytes()) {
      throw new IsolateException.OutOfMemory(limits.outputBytes());
    }
  }

  void writable(Exchange exchange) {
    post(exchange, () -> guest.call("writable", JsValue.of(exchange.id())));
  }

  void bodyChunk(Exchange exchange, ByteBuffer bytes) {
    guest.call("bodyChunk", JsValue.of(exchange.id()), new JsValue.Bytes(bytes));
  }

  void bodyEnd(Exchange exchange) {
    guest.call("bodyEnd", JsValue.of(exchange.id()));
  }

  void bodyFailed(Exchange exchange, Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    guest.call("bodyError", JsValue.of(exchange.id()), JsValue.of(message));
  }

  /**
   * The guest hears of it in another turn, since this one may be inside a host function. Under load
   * one turn tells of several.
   */
  void closed(Exchange exchange) {
    if (open.remove(exchange.id()) == null) {
      return;
    }
    observer.ended();
    closed.add(exchange.id());
    if (closed.size() == 1) {
      loop.post(this::tellClosed);
    }
  }

  private void tellClosed() {
    JsValue[] ids = new JsValue[Math.min(closed.size(), CLOSED_AT_ONCE)];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = JsValue.of(closed.remove());
      loop.release();
    }
    if (!closed.isEmpty()) {
      loop.post(this::tellClosed);
    }
    guest.call("exchangesClosed", ids);
  }

  /** {@code this} guards where the request has gone. */
  private final class Ticket implements RequestHandler.Ticket {
    private boolean gone;
    private @Nullable Exchange exchange;
    private boolean hasLeft;
    private RequestHandler.@Nullable Ticket successor;

    void passTo(RequestHandler.Unbegun unbegun, ResponseFailure why) {
      if (gone) {
        return;
      }
      RequestHandler.Ticket next = unbegun.again(why);
      boolean tell;
      synchronized (this) {
        successor = next;
        tell = hasLeft;
      }
      if (tell) {
        next.clientGone();
      }
    }

    @Override
    public void clientGone() {
      RequestHandler.Ticket next;
      synchronized (this) {
        hasLeft = true;
        next = successor;
      }
      if (next == null) {
        loop.post(this::leave);
      } else {
        next.clientGone();
      }
    }

    private void leave() {
      gone = true;
      if (exchange != null) {
        exchange.clientGone();
      }
    }
  }
}
