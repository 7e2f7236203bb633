package dev.runnel.runtime.host.socket;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.host.web.url.HttpAddress;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.HopByHop;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketRequest;
import dev.runnel.runtime.limit.SocketLimits;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backs {@code WebSocket}: the sockets of one isolate.
 *
 * <p>Confined to the loop thread.
 */
public final class SocketHost {
  /** The code of a connection that ended without a closing handshake. */
  static final int ABNORMAL = 1_006;

  /** What a program that ends says to those it was connected with. */
  static final int GOING_AWAY = 1_001;

  private static final int MAX_CODE = 4_999;
  private static final int MAX_REASON_BYTES = 123;

  /** The client sets these itself. */
  private static final Set<String> HANDSHAKE =
      Set.of(
          "host",
          "content-length",
          "sec-websocket-key",
          "sec-websocket-version",
          "sec-websocket-extensions",
          "sec-websocket-protocol",
          "sec-websocket-accept");

  /** What the sockets of one isolate work with. */
  public record Surroundings(
      EventLoop loop, GuestCall guest, Fetcher fetcher, Exchanges exchanges, SocketLimits limits) {}

  private final Surroundings surroundings;
  private final Runnable onUse;
  private final Map<Integer, OpenSocket> open = new HashMap<>();
  private int nextId = 1;
  private long unsent;

  /**
   * @param onUse run whenever the program asks something of the network
   */
  public SocketHost(Surroundings surroundings, Runnable onUse) {
    this.surroundings = surroundings;
    this.onUse = onUse;
  }

  public HostModule module() {
    return HostModule.named("socket")
        .function("connect", this::connect)
        .function("accept", this::accept)
        .function("start", this::start)
        .function("text", this::text)
        .function("bytes", this::bytes)
        .function("unsent", this::unsent)
        .function("close", this::close);
  }

  public int openCount() {
    return open.size();
  }

  /** The isolate has ended. */
  public void closeAll() {
    new ArrayList<>(open.values()).forEach(OpenSocket::goAway);
  }

  private JsValue connect(Arguments args) {
    onUse.run();
    HttpAddress address =
        HttpAddress.of(args.string(0, "url"))
            .orElseThrow(
                () -> HostError.type("", "A WebSocket's URL is ws or wss, http or https."));
    List<String> protocols =
        args.string(1, "protocols").isEmpty()
            ? List.of()
            : List.of(args.string(1, "protocols").split(","));
    if (!protocols.stream().allMatch(HeaderRules::isToken)) {
      throw HostError.type("", "A subprotocol's name has a character that is not allowed in it.");
    }
    var request =
        new SocketRequest(
            address.secure(),
            address.host(),
            address.port(),
            address.target(),
            protocols,
            besidesHandshake(args.string(2, "headers")),
            surroundings.limits().message());
    OpenSocket socket = newSocket();
    surroundings.fetcher().connect(request, socket.events());
    return JsValue.of(socket.id());
  }

  private JsValue accept(Arguments args) {
    int exchange = args.integer(0, "exchange", 1, Integer.MAX_VALUE);
    String protocol = args.string(1, "protocol");
    if (!protocol.isEmpty() && !HeaderRules.isToken(protocol)) {
      throw HostError.type("", "A subprotocol's name has a character that is not allowed in it.");
    }
    var answer =
        new SocketAnswer(
            protocol, besidesHandshake(args.string(2, "headers")), surroundings.limits().message());
    OpenSocket socket = newSocket();
    surroundings.exchanges().upgrade(exchange, answer, socket.events());
    return JsValue.of(socket.id());
  }

  private OpenSocket newSocket() {
    if (open.size() >= surroundings.limits().open()) {
      throw HostError.type(
          "", "More than %d WebSockets are open at once.", surroundings.limits().open());
    }
    var socket = new OpenSocket(nextId++, this);
    open.put(socket.id(), socket);
    loop().hold();
    return socket;
  }

  private static List<Header> besidesHandshake(String headers) {
    return HopByHop.without(HeaderRules.parse(headers)).stream()
        .filter(header -> !HANDSHAKE.contains(header.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private JsValue start(Arguments args) {
    OpenSocket socket = socket(args);
    if (socket != null) {
      socket.start();
    }
    return JsValue.UNDEFINED;
  }

  private JsValue text(Arguments args) {
    OpenSocket socket = socket(args);
    String message = args.string(1, "message");
    if (socket != null) {
      socket.send(utf8Length(message), (link, sent) -> link.text(message, sent));
    }
    return JsValue.UNDEFINED;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private JsValue bytes(Arguments args) {
    OpenSocket socket = socket(args);
    if (socket != null) {
      byte[] message = args.copyOfBytes(1, "message");
      socket.send(message.length, (link, sent) -> link.bytes(ByteBuffer.wrap(message), sent));
    }
    return JsValue.UNDEFINED;
  }

  private JsValue unsent(Arguments args) {
    OpenSocket socket = socket(args);
    return JsValue.of(socket == null ? 0 : socket.unsent());
  }

  private JsValue close(Arguments args) {
    OpenSocket socket = socket(args);
    int code = args.integer(1, "code", 1_000, MAX_CODE);
    String reason = args.string(2, "reason");
    if (utf8Length(reason) > MAX_REASON_BYTES) {
      throw HostError.range("", "The reason is longer than %d bytes.", MAX_REASON_BYTES);
    }
    if (socket != null) {
      socket.close(code, reason);
    }
    return JsValue.UNDEFINED;
  }

  private @Nullable OpenSocket socket(Arguments args) {
    return open.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
  }

  EventLoop loop() {
    return surroundings.loop();
  }

  void call(String registered, int id, JsValue... more) {
    JsValue[] arguments = new JsValue[more.length + 1];
    arguments[0] = JsValue.of(id);
    System.arraycopy(more, 0, arguments, 1, more.length);
    surroundings.guest().call(registered, arguments);
  }

  /** False when so much can't wait. */
  boolean countUnsent(long bytes) {
    if (bytes > 0 && unsent + bytes > surroundings.limits().unsent()) {
      return false;
    }
    unsent += bytes;
    return true;
  }

  void over(OpenSocket socket) {
    if (open.remove(socket.id()) != null) {
      loop().release();
    }
  }
}
