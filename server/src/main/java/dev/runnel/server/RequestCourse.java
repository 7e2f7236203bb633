package dev.runnel.server;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What is noted of one request for those who observe it. Nothing is, where nobody does. */
final class RequestCourse {
  private static final String NOTED = RequestCourse.class.getName();

  private final List<RequestObserver> observers;
  private final String client;
  private final String method;
  private final String target;
  private final String version;
  private final Optional<RequestReport.Trace> trace;
  private final long began = System.nanoTime();
  private volatile long firstByte;
  private volatile int status;
  private volatile String limit = "";
  private volatile long bytes;
  private volatile int writes;

  RequestCourse(
      Request request,
      String client,
      Optional<RequestReport.Trace> trace,
      List<RequestObserver> observers) {
    this.observers = observers;
    this.client = client;
    this.method = request.getMethod();
    this.target = Objects.requireNonNullElse(request.getHttpURI().getPathQuery(), "");
    String asked = request.getConnectionMetaData().getHttpVersion().asString();
    this.version = asked.substring(asked.indexOf('/') + 1);
    this.trace = trace;
    request.setAttribute(NOTED, true);
    observers.forEach(RequestObserver::began);
    Request.addCompletionListener(request, failure -> ended(failure != null));
  }

  static boolean isNoted(Request request) {
    return request.getAttribute(NOTED) != null;
  }

  void head(int sent) {
    status = sent;
    firstByte = System.nanoTime() - began;
  }

  /** Called by one thread at a time. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void wrote(int count) {
    if (count > 0) {
      bytes += count;
      writes++;
    }
  }

  void limit(String name) {
    limit = name;
  }

  private void ended(boolean failed) {
    RequestReport report =
        new RequestReport(
            client,
            method,
            target,
            version,
            status,
            Duration.ofNanos(System.nanoTime() - began),
            Duration.ofNanos(firstByte),
            bytes,
            writes,
            failed,
            limit,
            trace);
    observers.forEach(observer -> observer.ended(report));
  }
}
