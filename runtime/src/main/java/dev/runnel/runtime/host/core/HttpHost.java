package dev.runnel.runtime.host.core;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.exchange.Utf8;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.ResponseHead;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Backs {@code internal/exchange.js}: what of an answer can't go through the mailbox. */
public final class HttpHost {
  private static final int MAX_PORT = 65_535;

  /** The ports of the guest's listeners, which have numbers. */
  public interface Ports {
    void listen(int listener, InetSocketAddress address);

    /** Waits for a port that is being opened; empty when it can't be. */
    Optional<InetSocketAddress> address(int listener);
  }

  private final Exchanges exchanges;
  private final Runnable readMailbox;
  private final Ports ports;

  /**
   * @param readMailbox reads what the guest has written so far, so that nothing overtakes it
   */
  public HttpHost(Exchanges exchanges, Runnable readMailbox, Ports ports) {
    this.exchanges = exchanges;
    this.readMailbox = readMailbox;
    this.ports = ports;
  }

  public HostModule module() {
    return HostModule.named("http")
        .function("head", this::head)
        .function("informational", this::informational)
        .function("text", this::text)
        .function("bytes", this::bytes)
        .function("trailers", this::trailers)
        .function("abort", this::abort)
        .function("listen", this::listen)
        .function("address", this::address);
  }

  private JsValue head(Arguments args) {
    int id = id(args);
    ResponseHead head =
        HeaderRules.head(
            args.integer(1, "status", 0, 999),
            args.string(2, "statusText"),
            args.string(3, "headers"));
    readMailbox.run();
    exchanges.head(id, head);
    return JsValue.UNDEFINED;
  }

  private JsValue informational(Arguments args) {
    int id = id(args);
    int status = args.integer(1, "status", 100, 199);
    exchanges.informational(id, status, HeaderRules.parse(args.string(2, "headers")));
    return JsValue.UNDEFINED;
  }

  private JsValue text(Arguments args) {
    int id = id(args);
    ByteBuffer encoded = Utf8.encodeToBuffer(args.string(1, "text"));
    readMailbox.run();
    exchanges.write(id, encoded);
    return JsValue.UNDEFINED;
  }

  private JsValue bytes(Arguments args) {
    int id = id(args);
    byte[] copy = args.copyOfBytes(1, "bytes");
    readMailbox.run();
    exchanges.write(id, ByteBuffer.wrap(copy));
    return JsValue.UNDEFINED;
  }

  private JsValue trailers(Arguments args) {
    exchanges.trailers(id(args), HeaderRules.parse(args.string(1, "headers")));
    return JsValue.UNDEFINED;
  }

  private JsValue abort(Arguments args) {
    int id = id(args);
    String reason = args.string(1, "reason");
    readMailbox.run();
    exchanges.abort(id, reason);
    return JsValue.UNDEFINED;
  }

  private JsValue listen(Arguments args) {
    int listener = args.integer(0, "listener", 1, Integer.MAX_VALUE);
    int port = args.integer(2, "port", 0, MAX_PORT);
    ports.listen(listener, address(args.string(1, "host"), port));
    return JsValue.UNDEFINED;
  }

  private JsValue address(Arguments args) {
    return ports
        .address(args.integer(0, "listener", 1, Integer.MAX_VALUE))
        .map(bound -> "%s %d".formatted(bound.getAddress().getHostAddress(), bound.getPort()))
        .map(JsValue::of)
        .orElse(JsValue.UNDEFINED);
  }

  /** Without a host all interfaces are meant. Names are resolved by whoever opens the port. */
  private static InetSocketAddress address(String host, int port) {
    return host.isEmpty()
        ? new InetSocketAddress(port)
        : InetSocketAddress.createUnresolved(host, port);
  }

  private static int id(Arguments args) {
    return args.integer(0, "id", 1, Integer.MAX_VALUE);
  }
}
