package dev.runnel.server.trace;

import dev.runnel.runtime.http.TraceContext;
import dev.runnel.server.RequestObserver;
import dev.runnel.server.RequestReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a span of each request to an OpenTelemetry collector, as JSON over HTTP. Spans gather for a
 * second, and are lost rather than waited for when the collector is slow or away. Safe from any
 * thread; nothing here blocks a request.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class SpanExporter implements RequestObserver, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SpanExporter.class);

  private static final int MOST_WAITING = 4_096;
  private static final int MOST_AT_ONCE = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);
  private static final long COMPLAINTS_APART = Duration.ofMinutes(1).toNanos();
  private static final int SERVER_ERROR = 500;
  private static final int MULTIPLE_CHOICES = 300;

  private final URI collector;
  private final String resource;
  private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean closed;
  private long complainedAt = System.nanoTime() - COMPLAINTS_APART;

  /**
   * @param collector usually {@code http://HOST:4318/v1/traces}
   * @param service what the spans are shown under
   */
  public SpanExporter(URI collector, String service) {
    this.collector = collector;
    this.resource =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
            + Span.attribute("service.name", service)
            + "]},\"scopeSpans\":[{\"scope\":{\"name\":\"dev.runnel\"},\"spans\":";
    Thread.ofVirtual().name("spans").start(this::run);
  }

  void add(Span span) {
    if (span.context().sampled() && !waiting.offer(span)) {
      lost.incrementAndGet();
    }
  }

  static long now() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public boolean makesSpans() {
    return true;
  }

  @Override
  public void ended(RequestReport report) {
    report.trace().ifPresent(trace -> add(span(report, trace)));
  }

  private static Span span(RequestReport report, RequestReport.Trace trace) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("http.request.method", report.method());
    int query = report.target().indexOf('?');
    attributes.put("url.path", query < 0 ? report.target() : report.target().substring(0, query));
    attributes.put("network.protocol.version", report.version());
    if (!report.client().isEmpty()) {
      attributes.put("client.address", report.client());
    }
    if (report.status() > 0) {
      attributes.put("http.response.status_code", report.status());
    }
    attributes.put("http.response.body.size", report.bytes());
    if (!report.limit().isEmpty()) {
      attributes.put("runnel.limit", report.limit());
    }
    boolean failed = report.cutOff() || report.status() >= SERVER_ERROR;
    if (failed) {
      attributes.put("error.type", report.cutOff() ? "cut_off" : Integer.toString(report.status()));
    }
    return new Span(
        trace.own(),
        trace.parent(),
        Span.Kind.SERVER,
        report.method(),
        now(),
        report.took(),
        attributes,
        failed);
  }

  private void run() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Span first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          if (!closed) {
            TimeUnit.SECONDS.sleep(1);
          }
          send(first);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void send(Span first) throws InterruptedException {
    List<Span> batch = new ArrayList<>(List.of(first));
    waiting.drainTo(batch, MOST_AT_ONCE - 1);
    String body =
        batch.stream().map(Span::json).collect(Collectors.joining(",", resource + "[", "]}]}]}"));
    HttpRequest request =
        HttpRequest.newBuilder(collector)
            .timeout(closed ? LAST_PATIENCE : PATIENCE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status >= MULTIPLE_CHOICES) {
        complain(batch.size(), "it answered " + status);
      }
    } catch (IOException e) {
      complain(batch.size(), e.toString());
    }
    if (lost.get() > 0) {
      complain(0, "it is too slow");
    }
  }

  private void complain(int unsent, String why) {
    long all = lost.addAndGet(unsent);
    long now = System.nanoTime();
    if (now - complainedAt > COMPLAINTS_APART) {
      complainedAt = now;
      lost.addAndGet(-all);
      log.warn("{} spans were lost that {} did not take: {}.", all, collector, why);
    }
  }

  /** Sends what there is, if that is soon done. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!ended.await(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some spans were lost: {} did not take them in time.", collector);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }

  /** The beginning of a span in that trace, or in a new one. */
  static TraceContext within(Optional<TraceContext> parent) {
    return parent.map(TraceContext::child).orElseGet(TraceContext::root);
  }
}
