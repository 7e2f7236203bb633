package dev.runnel.runtime.host.net;

import com.google.gson.JsonArray;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.ByteLink;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.TunnelEvents;
import dev.runnel.runtime.loop.Completions;
import dev.runnel.runtime.loop.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Backs {@code node:net} and {@code dns.lookup}: TCP sockets, within what the program was granted.
 *
 * <p>Confined to the loop thread; connecting, reading and writing happen on virtual threads.
 */
public final class NetHost {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_BACKLOG = 65_535;
  private static final Set<String> RECORD_TYPES =
      Set.of("A", "AAAA", "CNAME", "MX", "NAPTR", "NS", "PTR", "SOA", "SRV", "TXT");

  private static final int SWITCHING_PROTOCOLS = 101;

  /** What the sockets of one isolate work with. */
  public record Surroundings(
      EventLoop loop,
      Completions completions,
      Exchanges exchanges,
      Supplier<? extends Future<?>> portsOpened) {}

  private final Completions completions;
  private final Exchanges exchanges;
  private final NetAccess access;
  private final OpenSockets sockets;
  private final Supplier<? extends Future<?>> portsOpened;
  private final Runnable onUse;

  /**
   * @param onUse run whenever the program asks something of the network
   */
  public NetHost(Surroundings surroundings, NetAccess access, Runnable onUse) {
    this.completions = surroundings.completions();
    this.exchanges = surroundings.exchanges();
    this.portsOpened = surroundings.portsOpened();
    this.access = access;
    this.sockets = new OpenSockets(surroundings.loop(), access.open());
    this.onUse = onUse;
  }

  public HostModule module() {
    return HostModule.named("net")
        .function("connect", this::connect)
        .function("upgrade", this::upgrade)
        .function("listen", this::listen)
        .function("listenAtOnce", this::listenAtOnce)
        .function("accept", this::accept)
        .function("read", this::read)
        .function("write", this::write)
        .function("end", this::end)
        .function("stop", this::stop)
        .function("close", this::close)
        .function("reset", this::reset)
        .function("reference", this::reference)
        .function("noDelay", this::noDelay)
        .function("keepAlive", this::keepAlive)
        .function("pair", this::pair)
        .function("askedName", this::askedName)
        .function("secure", this::secure)
        .function("lookup", this::lookup)
        .function("records", this::records);
  }

  /** The isolate has ended. */
  public void closeAll() {
    sockets.closeAll();
  }

  private JsValue connect(Arguments args) {
    onUse.run();
    var connecting =
        new Connecting(
            access.egress(),
            args.string(0, "host"),
            args.integer(1, "port", 0, MAX_PORT),
            args.integer(2, "family", 0, 6));
    sockets.reserve();
    Future<?> ownPorts = portsOpened.get();
    Callable<JsValue> connect = opening(connecting::connect);
    return JsValue.of(
        completions.start(
            () -> {
              ownPorts.get(); // It may be one of them, which Node opens at once.
              return connect.call();
            }));
  }

  /** A new connection, described for the program. */
  private Callable<JsValue> opening(Supplier<TcpLink> open) {
    return () -> {
      TcpLink link = orGiveBack(open);
      int id = sockets.add(link);
      return JsValue.of(new Connection(link).describe(id));
    };
  }

  private <T> T orGiveBack(Supplier<T> open) {
    boolean opened = false;
    try {
      T socket = open.get();
      opened = true;
      return socket;
    } finally {
      if (!opened) {
        sockets.giveBack();
      }
    }
  }

  /** The head is checked here, as any other's is. */
  private JsValue upgrade(Arguments args) {
    int exchange = args.integer(0, "exchange", 1, Integer.MAX_VALUE);
    var head =
        new ResponseHead(
            SWITCHING_PROTOCOLS,
            HeaderRules.reason(args.string(1, "statusText")),
            HeaderRules.parse(args.string(2, "headers")));
    sockets.reserve();
    var handedOver = new HandedOver();
    exchanges.tunnel(exchange, head, handedOver);
    return JsValue.of(
        completions.start(
            () -> {
              ByteLink link = orGiveBack(handedOver::await);
              int id = sockets.add(link);
              return JsValue.of(new Connection(link).describe(id));
            }));
  }

  /** A request's connection, once the head has left. */
  private static final class HandedOver implements TunnelEvents {
    private final CompletableFuture<ByteLink> link = new CompletableFuture<>();

    @Override
    public void opened(ByteLink opened) {
      link.complete(opened);
    }

    @Override
    public void failed(String sentence) {
      link.completeExceptionally(HostError.system("ECONNRESET", "%s", sentence));
    }

    ByteLink await() {
      try {
        return link.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof HostError failed
            ? failed
            : new IllegalStateException("A connection was handed over to nobody.", e);
      } catch (InterruptedException e) {
        throw HostError.system("ECANCELED", "The program has ended.");
      }
    }
  }

  private JsValue listen(Arguments args) {
    return JsValue.of(completions.start(opening(args)::get));
  }

  /** Of an address, which nobody is asked for: binding to it doesn't block. */
  private JsValue listenAtOnce(Arguments args) {
    String host = args.string(0, "host");
    if (!host.isEmpty() && !isAddress(host)) {
      throw HostError.system("EINVAL", "%s is no address", host);
    }
    return opening(args).get();
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Supplier<JsValue> opening(Arguments args) {
    onUse.run();
    String host = args.string(0, "host");
    int port = args.integer(1, "port", 0, MAX_PORT);
    int backlog = args.integer(2, "backlog", 0, MAX_BACKLOG);
    if (access.listening() == NetAccess.Listening.REFUSED) {
      throw HostError.system("EACCES", "This program may not open port %d.", port);
    }
    sockets.reserve();
    return () -> {
      Port opened = orGiveBack(() -> Port.open(host, port, backlog));
      return JsValue.of(opened.describe(sockets.add(opened)));
    };
  }

  /** A connection over the limit is cut off, and the program told. */
  private JsValue accept(Arguments args) {
    Port port =
        sockets
            .find(id(args), Port.class)
            .orElseThrow(() -> HostError.system("EBADF", "bad file descriptor"));
    return JsValue.of(
        completions.startInBackground(
            () -> {
              TcpLink link = port.accept();
              try {
                sockets.reserve();
              } catch (HostError full) {
                link.reset();
                throw full;
              }
              int id = sockets.add(link);
              return JsValue.of(new Connection(link).describe(id));
            }));
  }

  private JsValue read(Arguments args) {
    Connection connection = sockets.connection(id(args));
    connection.beginRead();
    return JsValue.of(
        completions.startInBackground(
            () -> {
              byte[] chunk = connection.read();
              return chunk.length == 0 ? JsValue.NULL : JsValue.of(chunk);
            }));
  }

  private JsValue write(Arguments args) {
    Connection connection = sockets.connection(id(args));
    byte[] bytes = args.copyOfBytes(1, "bytes");
    connection.beginWrite();
    return JsValue.of(
        completions.start(
            () -> {
              connection.write(bytes);
              return JsValue.UNDEFINED;
            }));
  }

  private JsValue end(Arguments args) {
    Connection connection = sockets.connection(id(args));
    return JsValue.of(
        completions.start(
            () -> {
              connection.end();
              return JsValue.UNDEFINED;
            }));
  }

  /** A port takes no more connections; its accept ends, with the last one that it has taken. */
  private JsValue stop(Arguments args) {
    sockets.find(id(args), Port.class).ifPresent(Port::stop);
    return JsValue.UNDEFINED;
  }

  private JsValue close(Arguments args) {
    sockets.close(id(args));
    return JsValue.UNDEFINED;
  }

  private JsValue reset(Arguments args) {
    int id = id(args);
    sockets.find(id, Connection.class).ifPresent(Connection::reset);
    sockets.close(id);
    return JsValue.UNDEFINED;
  }

  private JsValue reference(Arguments args) {
    sockets.reference(id(args), args.bool(1, "keepsAlive"));
    return JsValue.UNDEFINED;
  }

  private JsValue noDelay(Arguments args) {
    boolean on = args.bool(1, "on");
    return configure(args, socket -> socket.setTcpNoDelay(on));
  }

  private JsValue keepAlive(Arguments args) {
    boolean on = args.bool(1, "on");
    return configure(args, socket -> socket.setKeepAlive(on));
  }

  @FunctionalInterface
  private interface Setting {
    void apply(Socket socket) throws SocketException;
  }

  /** On a connection that is no plain TCP one, or is gone, there is nothing to set. */
  private JsValue configure(Arguments args, Setting setting) {
    var connection = sockets.find(id(args), Connection.class);
    if (connection.isPresent() && connection.get().link() instanceof TcpLink tcp) {
      try {
        setting.apply(tcp.socket());
      } catch (SocketException e) {
        // The connection has ended meanwhile.
      }
    }
    return JsValue.UNDEFINED;
  }

  private JsValue lookup(Arguments args) {
    onUse.run();
    String host = args.string(0, "host");
    int family = args.integer(1, "family", 0, 6);
    if (!access.egress().mayLookUp(host)) {
      throw HostError.system("EACCES", "This program may not look up %s.", host);
    }
    return JsValue.of(
        completions.start(
            () -> {
              var addresses = new JsonArray();
              Connecting.lookUp(host, family).stream()
                  .map(InetAddress::getHostAddress)
                  .forEach(addresses::add);
              return JsValue.of(addresses.toString());
            }));
  }

  /** Java's resolver reads these; a name has nothing in it that its syntax takes apart. */
  private JsValue records(Arguments args) {
    onUse.run();
    String name = args.string(0, "name");
    String type = args.string(1, "type");
    List<InetSocketAddress> servers = DnsRecords.servers(args.string(2, "servers"));
    if (!RECORD_TYPES.contains(type)) {
      throw HostError.type("ERR_INVALID_ARG_VALUE", "Records of type %s can't be asked for.", type);
    }
    if (!DnsRecords.isName(name)) {
      throw HostError.system("EBADNAME", "%s is no domain name", name);
    }
    if (!access.egress().mayLookUp(name)) {
      throw HostError.system("EACCES", "This program may not look up %s.", name);
    }
    for (InetSocketAddress server : servers) {
      String address = server.getAddress().getHostAddress();
      if (!access.egress().allows(address, server.getPort(), server.getAddress())) {
        throw HostError.system("EACCES", "%s", Egress.refusal(address, server.getPort()));
      }
    }
    return JsValue.of(completions.start(() -> JsValue.of(DnsRecords.of(name, type, servers))));
  }

  private JsValue secure(Arguments args) {
    Connection connection = sockets.connection(id(args));
    TlsSettings settings = TlsSettings.parse(args.string(1, "settings"));
    return JsValue.of(
        completions.start(
            () -> {
              TlsHandshake.Outcome outcome = TlsHandshake.of(connection.link(), settings);
              connection.secured(outcome.link());
              return JsValue.of(outcome.facts());
            }));
  }

  /** The bytes that say it are read again by the handshake. */
  private JsValue askedName(Arguments args) {
    Connection connection = sockets.connection(id(args));
    return JsValue.of(
        completions.start(
            () -> {
              ClientHello hello = connection.hello();
              return JsValue.of(hello.servername());
            }));
  }

  private JsValue pair(Arguments args) {
    sockets.reserve();
    try {
      sockets.reserve();
    } catch (HostError full) {
      sockets.giveBack();
      throw full;
    }
    PipeLink.Pair pair = PipeLink.pair();
    var described = new JsonArray();
    for (PipeLink end : List.of(pair.one(), pair.other())) {
      described.add(new Connection(end).describe(sockets.add(end)));
    }
    return JsValue.of(described.toString());
  }

  private static int id(Arguments args) {
    return args.integer(0, "id", 1, Integer.MAX_VALUE);
  }
}
