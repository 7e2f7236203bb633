package dev.runnel.runtime.host.net;

import com.google.gson.JsonArray;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.loop.Completions;
import dev.runnel.runtime.loop.EventLoop;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Backs {@code node:net} and {@code dns.lookup}: TCP sockets, within what the program was granted.
 *
 * <p>Confined to the loop thread; connecting, reading and writing happen on virtual threads.
 */
public final class NetHost {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_BACKLOG = 65_535;

  private final Completions completions;
  private final NetAccess access;
  private final OpenSockets sockets;
  private final Runnable onUse;

  /**
   * @param onUse run whenever the program asks something of the network
   */
  public NetHost(EventLoop loop, Completions completions, NetAccess access, Runnable onUse) {
    this.completions = completions;
    this.access = access;
    this.sockets = new OpenSockets(loop, access.open());
    this.onUse = onUse;
  }

  public HostModule module() {
    return HostModule.named("net")
        .function("connect", this::connect)
        .function("listen", this::listen)
        .function("accept", this::accept)
        .function("read", this::read)
        .function("write", this::write)
        .function("end", this::end)
        .function("close", this::close)
        .function("reset", this::reset)
        .function("reference", this::reference)
        .function("noDelay", this::noDelay)
        .function("keepAlive", this::keepAlive)
        .function("lookup", this::lookup);
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
    return JsValue.of(completions.start(opening(connecting::connect)));
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

  private JsValue listen(Arguments args) {
    onUse.run();
    String host = args.string(0, "host");
    int port = args.integer(1, "port", 0, MAX_PORT);
    int backlog = args.integer(2, "backlog", 0, MAX_BACKLOG);
    if (access.listening() == NetAccess.Listening.REFUSED) {
      throw HostError.system("EACCES", "This program may not open port %d.", port);
    }
    sockets.reserve();
    return JsValue.of(
        completions.start(
            () -> {
              Port opened = orGiveBack(() -> Port.open(host, port, backlog));
              return JsValue.of(opened.describe(sockets.add(opened)));
            }));
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

  private static int id(Arguments args) {
    return args.integer(0, "id", 1, Integer.MAX_VALUE);
  }
}
