package dev.runnel.server;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.TunnelEvents;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its head to the last byte of its answer, or to its failure. Ends exactly once,
 * on whatever thread notices.
 */
final class HttpExchange implements RequestContent.Watcher {
  private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);

  /**
   * A client may shut down its sending side and still read. That looks like one that has left, so
   * an answer that is nearly done gets this long, less than the second in which a leaving client
   * has to be noticed.
   */
  private static final long HALF_CLOSE_MILLIS = 500;

  private final Request request;
  private final EndPoint connection;
  private final @Nullable WatchedEndPoint watched;
  private final Scheduler scheduler;
  private final Callback callback;
  private final Runnable ended;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<RequestHandler.@Nullable Ticket> ticket = new AtomicReference<>();
  private volatile @Nullable ResponseWriter writer;
  private volatile boolean gone;
  private volatile @Nullable RequestCourse course;
  private boolean timed;

  HttpExchange(Request request, Callback callback, Runnable ended) {
    this.request = request;
    // Jetty's own request can't be asked for these any more once it is answered.
    this.connection =
        WatchedEndPoint.below(request.getConnectionMetaData().getConnection().getEndPoint());
    this.watched = isAlone(request) && connection instanceof WatchedEndPoint own ? own : null;
    this.scheduler = request.getComponents().getScheduler();
    this.callback = callback;
    this.ended = ended;
  }

  /** Called once, before the handler sees the request. */
  void begin(ResponseWriter responseWriter) {
    writer = responseWriter;
    request.addIdleTimeoutListener(_ -> false);
    request.addFailureListener(this::broken);
    watch();
  }

  /** Called once, when the handler has taken the request. */
  void taken(RequestHandler.Ticket handlersTicket) {
    ticket.set(handlersTicket);
    if (gone) {
      tellHandler();
    }
  }

  private void watch() {
    if (watched != null) {
      watched.watch(this::readSideClosed);
    }
  }

  /** HTTP/2 reads all the time, and tells of each stream that is reset. */
  private static boolean isAlone(Request request) {
    return request.getConnectionMetaData().getHttpVersion().getVersion() < 20;
  }

  @Override
  public void bodyEnded() {
    if (!over.get()) {
      watch();
    }
  }

  @Override
  public void bodyTooLarge() {
    refuse(new ResponseFailure(413, "body", "The request body is too large."));
  }

  @Override
  public void bodyMalformed(int status) {
    refuse(new ResponseFailure(status, "", "The request body is malformed."));
  }

  @Override
  public void bodyStalled() {
    refuse(new ResponseFailure(408, "idle", "The request body did not come in time."));
  }

  private void refuse(ResponseFailure failure) {
    ResponseWriter answer = writer;
    if (answer != null) {
      answer.fail(failure);
    }
  }

  /** May come at any time, also when the answer has just left. */
  void readSideClosed() {
    if (connection.isOpen()) {
      scheduler.schedule(this::leaveUnlessEnding, HALF_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      leave();
    }
  }

  private void leaveUnlessEnding() {
    ResponseWriter answer = writer;
    if (answer != null && !answer.isEnding()) {
      leave();
    }
  }

  private void leave() {
    ResponseWriter answer = writer;
    if (answer != null && !over.get()) {
      answer.abort(new EofException("The client has gone."));
    }
  }

  /** Called before {@link #begin}, where somebody observes requests. */
  void observed(RequestCourse noted) {
    course = noted;
  }

  void status(int sent) {
    RequestCourse noted = course;
    if (noted != null) {
      noted.head(sent);
    }
  }

  void wrote(int bytes) {
    RequestCourse noted = course;
    if (noted != null) {
      noted.wrote(bytes);
    }
  }

  void limit(String name) {
    RequestCourse noted = course;
    if (noted != null) {
      noted.limit(name);
    }
  }

  /** Says on the log what its client is not told. */
  void failed(String sentence) {
    log.warn(
        "{} {} failed: {}",
        LogText.oneLine(request.getMethod()),
        LogText.oneLine(request.getHttpURI().getPathQuery()),
        LogText.oneLine(sentence));
  }

  /** RFC 9110, section 15.2: a client of HTTP/1.0 doesn't know them. */
  boolean takesInterim() {
    return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0;
  }

  /** Its head is to say how long that took. */
  void timed() {
    timed = true;
  }

  /** A Server-Timing field for a head that leaves now, if it is to have one. */
  Optional<String> timing() {
    if (!timed) {
      return Optional.empty();
    }
    double millis = (System.nanoTime() - request.getBeginNanoTime()) / 1e6;
    return Optional.of(String.format(Locale.ROOT, "runnel;dur=%.1f", millis));
  }

  /** The last byte is with the network. */
  void completed() {
    if (over.compareAndSet(false, true)) {
      unwatch();
      callback.succeeded();
      ended.run();
    }
  }

  /** The connection becomes a WebSocket. */
  void upgrade(Response response, SocketAnswer answer, SocketEvents events) {
    if (!over.compareAndSet(false, true)) {
      events.failed(0, "The client has gone.");
      return;
    }
    unwatch();
    SocketUpgrade.of(request, response, callback, answer, events);
    ended.run();
  }

  /** The connection becomes whatever the program makes of it. */
  void tunnel(Response response, ResponseHead head, TunnelEvents events) {
    if (!over.compareAndSet(false, true)) {
      events.failed("The client has gone.");
      return;
    }
    unwatch();
    SwitchedConnection.of(request, response, callback, head, events);
    ended.run();
  }

  /** No more can be sent, because the program aborted or because the client has gone. */
  void broken(Throwable cause) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    unwatch();
    if (watched != null && endsWithConnection()) {
      watched.reset(cause);
    }
    callback.failed(cause);
    if (cause instanceof AbortedException aborted) {
      failed(aborted.sentence());
    } else {
      gone = true;
      tellHandler();
    }
    ended.run();
  }

  /** True when a plain close would look like the regular end of the body. */
  private boolean endsWithConnection() {
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0;
  }

  private void unwatch() {
    if (watched != null) {
      watched.unwatch();
    }
  }

  private void tellHandler() {
    RequestHandler.Ticket handlersTicket = ticket.getAndSet(null);
    if (handlersTicket != null) {
      handlersTicket.clientGone();
    }
  }
}
