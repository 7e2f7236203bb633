package dev.runnel.server;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.TraceContext;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.server.compress.CompressingSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Hands each request to the handler of the port it came in on. Runs on the selectors' threads and
 * never blocks.
 */
final class HttpGateway extends Handler.Abstract.NonBlocking {
  private final ServerOptions options;
  private final AtomicInteger open = new AtomicInteger();
  private final RequestRates rates;
  private final OpenConnections connections;
  private final boolean makesSpans;

  /**
   * A request that no program sees.
   *
   * @param limit that it exceeds, or {@code ""}
   * @param retryAfter in seconds; 0 when that would be no use
   */
  private record Refusal(int status, String limit, int retryAfter) {}

  private static final Refusal TOO_MANY_OPEN =
      new Refusal(HttpStatus.TOO_MANY_REQUESTS_429, "connections", 1);

  /** A request's port, and what is to be called once when the request has ended. */
  private record Taken(WatchedConnector port, Runnable ended) {}

  /**
   * @param connections of all ports, among which requests count that proxies pass on
   */
  HttpGateway(ServerOptions options, OpenConnections connections) {
    this.options = options;
    this.connections = connections;
    this.rates = new RequestRates(options.addresses().requests(), System::nanoTime);
    this.makesSpans = options.observers().stream().anyMatch(RequestObserver::makesSpans);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!(request.getConnectionMetaData().getConnector() instanceof WatchedConnector port)) {
      return false;
    }
    Optional<Refusal> refusal = refusal(request);
    if (refusal.isPresent()) {
      refuse(request, response, callback, refusal.get());
      return true;
    }
    Optional<InetAddress> client = behindProxy(request);
    if (client.isPresent() && !connections.opened(client.get())) {
      refuse(request, response, callback, TOO_MANY_OPEN);
      return true;
    }
    open.incrementAndGet();
    port.requestBegan();
    Runnable ended =
        () -> {
          client.ifPresent(connections::closed);
          open.decrementAndGet();
          port.requestEnded();
        };
    begin(request, response, callback, new Taken(port, ended));
    return true;
  }

  private Optional<Refusal> refusal(Request request) {
    int broken = RequestRules.refusal(request);
    if (broken != RequestRules.FINE) {
      return Optional.of(new Refusal(broken, "", 0));
    }
    if (open.get() >= options.openRequests()) {
      return Optional.of(new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "open-requests", 1));
    }
    if (request.getLength() > options.bodyBytes()) {
      return Optional.of(new Refusal(HttpStatus.PAYLOAD_TOO_LARGE_413, "body", 0));
    }
    OptionalInt wait = options.addresses().requests() == 0 ? OptionalInt.empty() : wait(request);
    return wait.isPresent()
        ? Optional.of(
            new Refusal(HttpStatus.TOO_MANY_REQUESTS_429, "request-rate", wait.getAsInt()))
        : Optional.empty();
  }

  private OptionalInt wait(Request request) {
    return client(request)
        .map(ClientAddress::of)
        .map(rates::secondsToWait)
        .orElse(OptionalInt.empty());
  }

  /** Empty when it is a trusted proxy itself, or hides. */
  private Optional<InetAddress> client(Request request) {
    String peer = Request.getRemoteAddr(request);
    return ClientAddress.literal(origin(request).map(Origin::address).orElse(peer))
        .filter(client -> !options.transport().proxies().trusts(client));
  }

  /**
   * The client that a trusted proxy names: its connections end there, so that what counts of them
   * here is the requests that are open.
   */
  private Optional<InetAddress> behindProxy(Request request) {
    TrustedProxies trusted = options.transport().proxies();
    if (trusted.isEmpty()) {
      return Optional.empty();
    }
    EndPoint connected = request.getConnectionMetaData().getConnection().getEndPoint();
    while (connected instanceof EndPoint.Wrapper wrapper) {
      connected = wrapper.unwrap();
    }
    return connected.getRemoteSocketAddress() instanceof InetSocketAddress peer
            && trusted.trusts(peer.getAddress())
        ? client(request)
        : Optional.empty();
  }

  private void refuse(Request request, Response response, Callback callback, Refusal refusal) {
    StatusPage.closeAfter(request, response);
    if (refusal.retryAfter() > 0) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, refusal.retryAfter());
    }
    if (!options.observers().isEmpty()) {
      RequestCourse course =
          new RequestCourse(
              request, Request.getRemoteAddr(request), trace(request), options.observers());
      course.head(refusal.status());
      course.limit(refusal.limit());
    }
    Response.writeError(request, response, callback, refusal.status());
  }

  private void begin(Request request, Response response, Callback callback, Taken taken) {
    HttpExchange exchange = new HttpExchange(request, callback, taken.ended());
    ResponseWriter writer = new ResponseWriter(exchange, response);
    WorkerRequest incoming = incoming(request, exchange);
    if (!options.observers().isEmpty()) {
      Optional<RequestReport.Trace> trace = trace(request);
      if (makesSpans) {
        incoming = incoming.withHeaders(trace.orElseThrow().own().among(incoming.headers()));
      }
      exchange.observed(
          new RequestCourse(
              request, incoming.connection().remoteAddress(), trace, options.observers()));
    }
    if (options.serverTiming()) {
      exchange.timed();
    }
    exchange.begin(writer);
    RequestHandler.Ticket ticket =
        taken.port().handler().handle(incoming, sink(request, incoming, writer));
    exchange.taken(ticket);
  }

  /** The client's span is the request's own as long as nobody makes one of it. */
  private Optional<RequestReport.Trace> trace(Request request) {
    List<String> told = request.getHeaders().getValuesList(TraceContext.HEADER);
    Optional<TraceContext> client =
        told.size() == 1 ? TraceContext.parse(told.getFirst()) : Optional.empty();
    if (!makesSpans) {
      return client.map(span -> new RequestReport.Trace(span, ""));
    }
    return Optional.of(
        new RequestReport.Trace(
            client.map(TraceContext::child).orElseGet(TraceContext::root),
            client.map(TraceContext::spanId).orElse("")));
  }

  private ResponseSink sink(Request request, WorkerRequest incoming, ResponseWriter writer) {
    Optional<CompressingSink> compressing =
        options
            .compression()
            .flatMap(coding -> coding.before(writer, incoming.method(), incoming.headers()));
    if (compressing.isEmpty()) {
      return writer;
    }
    CompressingSink sink = compressing.get();
    Request.addCompletionListener(request, _ -> sink.release());
    return sink;
  }

  private WorkerRequest incoming(Request request, HttpExchange exchange) {
    RequestBody body =
        hasBody(request)
            ? new RequestContent(request, options.bodyBytes(), exchange)
            : RequestBody.EMPTY;
    Optional<Origin> origin = origin(request);
    return new WorkerRequest(
        request.getMethod(),
        absoluteUrl(request, origin),
        headers(request),
        body,
        connection(request, origin));
  }

  /** RFC 9112, section 6.3: a request has a body when it says so. */
  private static boolean hasBody(Request request) {
    return request.getLength() > 0
        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        || (request.getLength() < 0
            && request.getConnectionMetaData().getHttpVersion().getVersion() >= 20);
  }

  /**
   * The target is passed on as the client wrote it: what its dots and escapes mean is the program's
   * business. Only {@code OPTIONS *} needs a slash to be no part of the host.
   */
  private static String absoluteUrl(Request request, Optional<Origin> origin) {
    String scheme = isSecure(request, origin) ? "https://" : "http://";
    String target = RawTargets.pathQuery(request);
    String authority = origin.flatMap(Origin::authority).orElseGet(() -> authority(request));
    return scheme + authority + (target.equals("*") ? "/*" : target);
  }

  private static boolean isSecure(Request request, Optional<Origin> origin) {
    boolean encrypted = request.getConnectionMetaData().isSecure();
    return origin.flatMap(Origin::scheme).map("https"::equalsIgnoreCase).orElse(encrypted);
  }

  /** Empty unless a proxy that is trusted has passed the request on. */
  private Optional<Origin> origin(Request request) {
    TrustedProxies trusted = options.transport().proxies();
    if (trusted.isEmpty()) {
      return Optional.empty();
    }
    String peer = Request.getRemoteAddr(request);
    return trusted.trusts(peer)
        ? Optional.of(Origin.told(peer, request.getHeaders(), trusted))
        : Optional.empty();
  }

  private static String authority(Request request) {
    String host = request.getHttpURI().getAuthority();
    if (host != null && !host.isEmpty()) {
      return host;
    }
    return Request.getServerName(request) + ":" + Request.getServerPort(request);
  }

  private static List<Header> headers(Request request) {
    List<Header> headers = new ArrayList<>(request.getHeaders().size());
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers.add(new Header(field.getName(), value == null ? "" : value));
    }
    return headers;
  }

  private static WorkerRequest.Connection connection(Request request, Optional<Origin> origin) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    String version = connection.getHttpVersion().asString();
    return new WorkerRequest.Connection(
        origin.map(Origin::address).orElseGet(() -> Request.getRemoteAddr(request)),
        Request.getRemotePort(request),
        Request.getLocalAddr(request),
        Request.getLocalPort(request),
        isSecure(request, origin),
        version.substring(version.indexOf('/') + 1));
  }
}
