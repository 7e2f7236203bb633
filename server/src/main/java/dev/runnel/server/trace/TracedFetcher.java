package dev.runnel.server.trace;

import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.SocketRequest;
import dev.runnel.runtime.http.TraceContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a span of each request that a program sends, until its answer's head or failure, and tells
 * the other end of it ({@code traceparent}).
 */
public final class TracedFetcher implements Fetcher {
  private static final int BAD_REQUEST = 400;

  private final Fetcher fetcher;
  private final SpanExporter spans;

  public TracedFetcher(Fetcher fetcher, SpanExporter spans) {
    this.fetcher = fetcher;
    this.spans = spans;
  }

  @Override
  public boolean isTraced() {
    return true;
  }

  @Override
  public Call send(OutgoingRequest request, Answer answer) {
    Optional<TraceContext> parent = TraceContext.in(request.headers());
    TraceContext own = SpanExporter.within(parent);
    var traced =
        new TracedAnswer(request, own, parent.map(TraceContext::spanId).orElse(""), answer);
    return fetcher.send(request.withHeaders(own.among(request.headers())), traced);
  }

  @Override
  public void connect(SocketRequest request, SocketEvents events) {
    fetcher.connect(request, events);
  }

  private final class TracedAnswer implements Answer {
    private final OutgoingRequest request;
    private final TraceContext own;
    private final String parent;
    private final Answer answer;
    private final long began = System.nanoTime();

    TracedAnswer(OutgoingRequest request, TraceContext own, String parent, Answer answer) {
      this.request = request;
      this.own = own;
      this.parent = parent;
      this.answer = answer;
    }

    @Override
    public void head(ResponseHead head, RequestBody body) {
      Map<String, Object> attributes = attributes();
      attributes.put("http.response.status_code", head.status());
      end(attributes, head.status() >= BAD_REQUEST ? Integer.toString(head.status()) : "");
      answer.head(head, body);
    }

    @Override
    public void failed(String code, String message) {
      end(attributes(), code);
      answer.failed(code, message);
    }

    private Map<String, Object> attributes() {
      Map<String, Object> attributes = new LinkedHashMap<>();
      attributes.put("http.request.method", request.method());
      attributes.put("server.address", request.host());
      attributes.put("server.port", request.port());
      // Without its query, which may hold what is nobody else's business.
      int query = request.target().indexOf('?');
      String path = query < 0 ? request.target() : request.target().substring(0, query);
      attributes.put(
          "url.full",
          "%s://%s:%d%s"
              .formatted(
                  request.secure() ? "https" : "http", request.host(), request.port(), path));
      return attributes;
    }

    private void end(Map<String, Object> attributes, String error) {
      if (!error.isEmpty()) {
        attributes.put("error.type", error);
      }
      spans.add(
          new Span(
              own,
              parent,
              Span.Kind.CLIENT,
              request.method(),
              SpanExporter.now(),
              Duration.ofNanos(System.nanoTime() - began),
              attributes,
              !error.isEmpty()));
    }
  }
}
