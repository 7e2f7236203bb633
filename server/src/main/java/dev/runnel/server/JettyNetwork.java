package dev.runnel.server;

import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real ports, served by Jetty. All ports share one Jetty server, which starts with the first; a
 * program that never listens pays for none of it.
 *
 * <p>Safe for use by many threads; {@code this} guards the server's coming and going.
 */
public final class JettyNetwork implements Network, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JettyNetwork.class);

  /** Left alone, the kernel takes 4 MB before a slow reader is felt. */
  private static final int SEND_BUFFER = 128 << 10;

  private static final int BACKLOG = 511;
  private static final int MAX_THREADS = 64;

  private final ServerOptions options;
  private final OpenConnections connections;
  private final Set<WatchedConnector> ports = ConcurrentHashMap.newKeySet();
  private final Idling idling = new AtTheFirstPort();
  private @Nullable Server server;
  private @Nullable Tls tls;
  private boolean closed;

  public JettyNetwork() {
    this(ServerOptions.DEFAULT);
  }

  public JettyNetwork(ServerOptions options) {
    this.options = options;
    this.connections = new OpenConnections(options.addresses(), options.transport().proxies());
  }

  @Override
  public Idling idling() {
    return idling;
  }

  @Override
  public void listen(InetSocketAddress address, RequestHandler handler, Opened opened) {
    Thread.startVirtualThread(() -> open(address, handler, opened));
  }

  private void open(InetSocketAddress asked, RequestHandler handler, Opened opened) {
    InetSocketAddress address = resolved(asked);
    ServerSocketChannel channel;
    try {
      channel = bind(address);
    } catch (IOException | RuntimeException e) {
      BindFailure failure = BindFailure.of(e, address);
      opened.failed(failure.code(), failure.message());
      return;
    }
    try {
      opened.listening(serve(channel, handler));
    } catch (Exception e) {
      log.error("Port {} was opened but cannot be served.", address.getPort(), e);
      opened.failed("EINVAL", "listen EINVAL: " + e.getMessage());
    }
  }

  /** Looks a name up, which may take its time. */
  private static InetSocketAddress resolved(InetSocketAddress address) {
    return address.isUnresolved()
        ? new InetSocketAddress(address.getHostString(), address.getPort())
        : address;
  }

  private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(address, BACKLOG);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private synchronized WatchedConnector serve(ServerSocketChannel channel, RequestHandler handler)
      throws Exception {
    if (closed) {
      channel.close();
      throw new IOException("The server is stopping.");
    }
    Server jetty = started();
    InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
    WatchedConnector port =
        new WatchedConnector(
            jetty,
            Protocols.of(http(), options.transport(), tlsContext()),
            handler,
            new WatchedConnector.Door(bound, connections, options.observers()),
            this::remove);
    port.setIdleTimeout(options.idleTimeout().toMillis());
    port.setAcceptedTcpNoDelay(true);
    port.setAcceptedSendBufferSize(SEND_BUFFER);
    port.open(channel);
    jetty.addConnector(port);
    port.start();
    ports.add(port);
    return port;
  }

  private SslContextFactory.@Nullable Server tlsContext() throws IOException {
    if (tls == null && options.transport().certificates().isPresent()) {
      tls = Tls.open(options.transport().certificates().get());
    }
    return tls == null ? null : tls.context();
  }

  private Server started() throws Exception {
    if (server == null) {
      Server jetty = new Server(threads());
      jetty.setHandler(new HttpGateway(options, connections));
      jetty.setErrorHandler(new StatusPage(options.observers()));
      jetty.setStopAtShutdown(false);
      jetty.start();
      server = jetty;
    }
    return server;
  }

  /**
   * The threads keep the JVM alive as long as a port is open, as an open port keeps a program
   * running.
   */
  private static QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, 4);
    pool.setName("http");
    pool.setReservedThreads(0);
    return pool;
  }

  private HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(options.headerBytes());
    http.setMaxResponseHeaderSize(64 << 10);
    http.setHeaderCacheCaseSensitive(true);
    // A bare LF ends a line for some servers only.
    http.setHttpCompliance(HttpCompliance.STRICT);
    // Programs see the target as it was sent, so nothing in it is ambiguous to this server.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  /** Called once a closed port's last request has ended. */
  private synchronized void remove(WatchedConnector port) {
    ports.remove(port);
    if (server == null) {
      return;
    }
    try {
      port.stop();
      server.removeConnector(port);
    } catch (Exception e) {
      log.warn("Port {} did not stop cleanly.", port.address().getPort(), e);
    }
    if (ports.isEmpty()) {
      stopServer();
    }
  }

  private void stopServer() {
    Server stopping = server;
    server = null;
    if (stopping != null) {
      try {
        stopping.stop();
      } catch (Exception e) {
        log.warn("The server did not stop cleanly.", e);
      }
    }
  }

  /**
   * Stops accepting and waits until the requests in flight have ended.
   *
   * @return false when some were still open after that time; {@link #close} cuts them off
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    synchronized (this) {
      closed = true;
    }
    Set<WatchedConnector> closing = Set.copyOf(ports);
    CountDownLatch open = new CountDownLatch(closing.size());
    closing.forEach(port -> port.close(open::countDown));
    return open.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** With more than one port, Jetty's threads look after the others. */
  private final class AtTheFirstPort implements Idling {
    @Override
    public void idle(long nanoseconds, BooleanSupplier hasNothing) {
      var port = ports.iterator();
      LentSelector selector = port.hasNext() ? port.next().selector().orElse(null) : null;
      if (selector == null || !selector.idle(nanoseconds, hasNothing)) {
        PARKED.idle(nanoseconds, hasNothing);
      }
    }

    @Override
    public void wake(Thread idle) {
      if (idle != Thread.currentThread()) {
        ports.forEach(port -> port.selector().ifPresent(selector -> selector.wake(idle)));
        PARKED.wake(idle);
      }
    }
  }

  /** Closes every port and every connection at once. */
  @Override
  public synchronized void close() {
    closed = true;
    ports.clear();
    stopServer();
    if (tls != null) {
      tls.close();
    }
  }
}
