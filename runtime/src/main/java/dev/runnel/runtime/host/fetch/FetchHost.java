package dev.runnel.runtime.host.fetch;

import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.StreamDecoder;
import dev.runnel.codec.brotli.BrotliDecoder;
import dev.runnel.codec.zstd.ZstdDecoder;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.binding.Details;
import dev.runnel.runtime.binding.Resource;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.host.web.compression.Codec;
import dev.runnel.runtime.host.web.compression.DecodeCodec;
import dev.runnel.runtime.host.web.compression.Format;
import dev.runnel.runtime.host.web.compression.InflateCodec;
import dev.runnel.runtime.host.web.url.HttpAddress;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.HopByHop;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.TraceContext;
import dev.runnel.runtime.limit.Charge;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Backs {@code fetch}: the requests that one isolate makes. What could hurt others is checked here,
 * whatever the guest's own JavaScript has checked.
 *
 * <p>Confined to the loop thread.
 */
public final class FetchHost {
  /** What all requests' bodies may have waiting for the network. */
  private static final long MAX_UNSENT = 64L << 20;

  /** A method that would make a connection into something else, or show what proxies add. */
  private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");

  /** The client sets these itself, from the URL and the body. */
  private static final Set<String> FORBIDDEN_HEADERS = Set.of("host", "content-length", "expect");

  /** What the requests of one isolate work with. */
  public record Surroundings(
      EventLoop loop,
      GuestCall guest,
      Fetcher fetcher,
      Bindings bindings,
      Exchanges exchanges,
      DecompressionLimits decompression,
      CodecMemory codecs,
      int mostOpen) {}

  private final Surroundings surroundings;
  private final Runnable onUse;
  private final Map<Integer, Fetch> open = new HashMap<>();
  private int nextId = 1;
  private long unsent;

  /**
   * @param onUse run whenever the program asks something of the network
   */
  public FetchHost(Surroundings surroundings, Runnable onUse) {
    this.surroundings = surroundings;
    this.onUse = onUse;
  }

  public HostModule module() {
    return HostModule.named("fetch")
        .function("send", this::send)
        .function("ask", this::ask)
        .function("write", this::write)
        .function("end", this::end)
        .function("decode", this::decode)
        .function("pull", this::pull)
        .function("discard", this::discard)
        .function("abort", this::abort)
        .function("forward", this::forward);
  }

  /** The isolate has ended: nothing goes on but bodies that were handed over. */
  public void abortAll() {
    new ArrayList<>(open.values()).forEach(Fetch::abort);
  }

  private JsValue send(Arguments args) {
    onUse.run();
    checkRoom();
    Fetcher carrier = carrier(args.string(0, "service"));
    OutgoingRequest request = traced(request(args), args);
    return begin(request.body(), answer -> carrier.send(request, answer));
  }

  /** What a binding stands for is asked as another host is, streams included. */
  private JsValue ask(Arguments args) {
    onUse.run();
    checkRoom();
    String name = args.string(0, "binding");
    Resource resource =
        surroundings
            .bindings()
            .resource(name)
            .orElseThrow(() -> HostError.type("", "There is no binding called %s.", name));
    countOperation(args, resource.operationsPerRequest());
    var question =
        new Resource.Question(
            args.string(2, "operation"), Details.parse(args.string(3, "details")), body(args));
    return begin(question.body(), answer -> resource.ask(question, answer));
  }

  /**
   * The program says for which of its open requests it asks, since one turn may go on with many.
   * What it says otherwise counts for nothing: then it is the request whose turn this is.
   */
  private void countOperation(Arguments args, int limit) {
    Charge asking =
        surroundings
            .exchanges()
            .charge(args.integer(1, "request", 0, Integer.MAX_VALUE))
            .orElseGet(loop()::charged);
    if (!asking.mayAsk(limit)) {
      throw HostError.error(
          "", "Too many API requests by single worker invocation: the limit is %d.", limit);
    }
  }

  private void checkRoom() {
    if (open.size() >= surroundings.mostOpen()) {
      throw HostError.type(
          "", "More than %d outgoing requests are open at once.", surroundings.mostOpen());
    }
  }

  /** Returns the request's id, under which its answer will be told. */
  private JsValue begin(OutgoingRequest.Body body, Function<Fetcher.Answer, Fetcher.Call> start) {
    boolean uploading = body instanceof OutgoingRequest.Body.Streamed;
    var fetch = new Fetch(nextId++, uploading, this);
    open.put(fetch.id(), fetch);
    fetch.hold();
    try {
      fetch.sentAs(start.apply(fetch.answer()));
    } catch (HostError e) {
      fetch.abort();
      throw e;
    }
    return JsValue.of(fetch.id());
  }

  /** The network, or a service that the program was given. */
  private Fetcher carrier(String service) {
    return service.isEmpty()
        ? surroundings.fetcher()
        : surroundings
            .bindings()
            .service(service)
            .orElseThrow(() -> HostError.type("", "There is no service called %s.", service));
  }

  private static OutgoingRequest request(Arguments args) {
    String method = method(args.string(1, "method"));
    HttpAddress address =
        HttpAddress.of(args.string(2, "url"))
            .orElseThrow(() -> HostError.type("", "fetch reaches http and https URLs only."));
    List<Header> headers =
        HopByHop.without(HeaderRules.parse(args.string(3, "headers"))).stream()
            .filter(header -> !FORBIDDEN_HEADERS.contains(header.name().toLowerCase(Locale.ROOT)))
            .toList();
    return new OutgoingRequest(
        method,
        address.secure(),
        address.host(),
        address.port(),
        address.target(),
        headers,
        body(args));
  }

  /** A program that says itself where it belongs is taken at its word. */
  private OutgoingRequest traced(OutgoingRequest request, Arguments args) {
    if (!surroundings.fetcher().isTraced() || TraceContext.in(request.headers()).isPresent()) {
      return request;
    }
    return surroundings
        .exchanges()
        .request(args.integer(5, "request", 0, Integer.MAX_VALUE))
        .flatMap(cause -> TraceContext.in(cause.headers()))
        .map(trace -> request.withHeaders(trace.among(request.headers())))
        .orElse(request);
  }

  private static String method(String method) {
    if (!HeaderRules.isToken(method)
        || FORBIDDEN_METHODS.contains(method.toUpperCase(Locale.ROOT))) {
      throw HostError.type("", "'%s' is not a usable method.", method);
    }
    return method;
  }

  private static OutgoingRequest.Body body(Arguments args) {
    return switch (args.at(4)) {
      case JsValue.Undefined _ -> new OutgoingRequest.Body.None();
      case JsValue.Bool _ -> new OutgoingRequest.Body.Streamed();
      default -> new OutgoingRequest.Body.Whole(args.copyOfBytes(4, "body"));
    };
  }

  private JsValue write(Arguments args) {
    Fetch fetch = fetch(args);
    return JsValue.of(fetch != null && fetch.write(args.copyOfBytes(1, "bytes")));
  }

  private JsValue end(Arguments args) {
    Fetch fetch = fetch(args);
    if (fetch != null) {
      fetch.end();
    }
    return JsValue.UNDEFINED;
  }

  private JsValue decode(Arguments args) {
    Fetch fetch = fetch(args);
    Supplier<Codec> codec =
        switch (args.string(1, "coding")) {
          case "gzip" -> () -> inflating(Format.GZIP);
          case "deflate" -> () -> inflating(Format.ZLIB);
          case "br" -> () -> new DecodeCodec(this::brotli);
          case "zstd" -> () -> new DecodeCodec(this::zstd);
          case String other -> throw HostError.type("", "No content coding is called %s.", other);
        };
    if (fetch != null) {
      fetch.decodeWith(
          encoded -> new DecodedBody(encoded, codec.get(), surroundings.decompression()));
    }
    return JsValue.UNDEFINED;
  }

  private StreamDecoder brotli() {
    return new BrotliDecoder(surroundings.codecs(), BrotliDecoder.Window.STANDARD);
  }

  private StreamDecoder zstd() {
    return new ZstdDecoder(
        surroundings.codecs(), ZstdDecoder.HTTP_WINDOW_LOG, ZstdDecoder.Frames.MANY);
  }

  private static Codec inflating(Format format) {
    return new InflateCodec(format, InflateCodec.Members.MANY, new byte[0]);
  }

  private JsValue pull(Arguments args) {
    Fetch fetch = fetch(args);
    if (fetch != null) {
      fetch.pull();
    }
    return JsValue.UNDEFINED;
  }

  private JsValue discard(Arguments args) {
    Fetch fetch = fetch(args);
    if (fetch != null) {
      fetch.discard();
    }
    return JsValue.UNDEFINED;
  }

  private JsValue abort(Arguments args) {
    Fetch fetch = fetch(args);
    if (fetch != null) {
      fetch.abort();
    }
    return JsValue.UNDEFINED;
  }

  private JsValue forward(Arguments args) {
    Fetch fetch = fetch(args);
    int exchange = args.integer(1, "exchange", 1, Integer.MAX_VALUE);
    RequestBody body = fetch == null ? null : fetch.handOver();
    if (body == null) {
      surroundings.exchanges().abort(exchange, "The answer to pass on is gone.");
    } else {
      surroundings.exchanges().forward(exchange, body);
    }
    return JsValue.UNDEFINED;
  }

  private @Nullable Fetch fetch(Arguments args) {
    return open.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
  }

  EventLoop loop() {
    return surroundings.loop();
  }

  /** On the loop's thread, or {@code otherwise} when the loop has ended. */
  void post(Runnable task, Runnable otherwise) {
    if (!loop().post(task)) {
      otherwise.run();
    }
  }

  void call(String registered, int id, JsValue... more) {
    JsValue[] arguments = new JsValue[more.length + 1];
    arguments[0] = JsValue.of(id);
    System.arraycopy(more, 0, arguments, 1, more.length);
    surroundings.guest().call(registered, arguments);
  }

  void countUnsent(long bytes) {
    unsent += bytes;
    if (unsent > MAX_UNSENT) {
      throw new IsolateException.OutOfMemory(MAX_UNSENT);
    }
  }

  void closed(Fetch fetch) {
    open.remove(fetch.id());
  }
}
