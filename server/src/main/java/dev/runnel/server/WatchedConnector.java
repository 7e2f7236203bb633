package dev.runnel.server;

import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One open port, the program's handler behind it, and its requests in flight. */
final class WatchedConnector extends ServerConnector implements Network.Listener {
  /**
   * Where it is, and who is let in.
   *
   * @param connections of all ports
   * @param observers are told whom it turns away
   */
  record Door(
      InetSocketAddress address, OpenConnections connections, List<RequestObserver> observers) {}

  private final RequestHandler handler;
  private final Door door;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicReference<@Nullable Runnable> whenDrained = new AtomicReference<>();
  private final Consumer<WatchedConnector> drained;
  private volatile @Nullable LentSelector selector;

  WatchedConnector(
      Server server,
      List<ConnectionFactory> protocols,
      RequestHandler handler,
      Door door,
      Consumer<WatchedConnector> drained) {
    super(
        server,
        resumingAtOnce(server.getThreadPool()),
        null,
        null,
        1,
        1,
        protocols.toArray(ConnectionFactory[]::new));
    this.handler = handler;
    this.door = door;
    this.drained = drained;
    setShutdownIdleTimeout(-1);
  }

  /**
   * A connection whose response is complete looks for its next request on the thread that completed
   * it, an isolate's most of the time: that never blocks, and costs less than waking another one.
   */
  private static Executor resumingAtOnce(Executor threads) {
    return task -> {
      if (task instanceof Connection) {
        task.run();
      } else {
        threads.execute(task);
      }
    };
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new ServerConnectorManager(executor, scheduler, selectors) {
      @Override
      protected ManagedSelector newSelector(int id) {
        var made = new LentSelector(this, id);
        selector = made;
        return made;
      }

      /** One that comes while the port closes finds no selector any more. */
      @Override
      public void accept(SelectableChannel channel, @Nullable Object attachment) {
        boolean accepted = false;
        try {
          super.accept(channel, attachment);
          accepted = true;
        } finally {
          if (!accepted) {
            IO.close(channel);
          }
        }
      }
    };
  }

  /** The one selector, once the port has been started. */
  Optional<LentSelector> selector() {
    return Optional.ofNullable(selector);
  }

  RequestHandler handler() {
    return handler;
  }

  @Override
  public InetSocketAddress address() {
    return door.address();
  }

  void requestBegan() {
    requests.incrementAndGet();
  }

  void requestEnded() {
    if (requests.decrementAndGet() == 0) {
      finishIfDrained();
    }
  }

  @Override
  public void close(Runnable closed) {
    if (!whenDrained.compareAndSet(null, closed)) {
      return;
    }
    shutdown();
    super.close();
    // HTTP/2's clients are told to open no more streams, and leave when theirs have ended.
    var _ = Graceful.shutdown(this);
    for (EndPoint connection : getConnectedEndPoints()) {
      if (connection instanceof WatchedEndPoint watched && !carriesStreams(watched)) {
        watched.closeIfIdle();
      }
    }
    finishIfDrained();
  }

  /**
   * Closing the port ends the wait for connections. An interrupt would too, but the JDK forgets a
   * connection that comes at the same moment: it would stay open, and nobody would know of it.
   */
  @Override
  protected void interruptAcceptors() {}

  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    return !(failure instanceof ClosedChannelException) && super.handleAcceptFailure(failure);
  }

  private static boolean carriesStreams(EndPoint endPoint) {
    Connection connection = endPoint.getConnection();
    return connection instanceof SslConnection tls
        ? carriesStreams(tls.getSslEndPoint())
        : connection instanceof HTTP2Connection;
  }

  private void finishIfDrained() {
    Runnable closed = whenDrained.get();
    if (closed != null && requests.get() == 0 && whenDrained.compareAndSet(closed, () -> {})) {
      Thread.startVirtualThread(
          () -> {
            drained.accept(this);
            closed.run();
          });
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    WatchedEndPoint endPoint =
        new WatchedEndPoint(channel, (LentSelector) selector, key, getScheduler(), getExecutor());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    if (endPoint instanceof WatchedEndPoint connection
        && connection.getRemoteSocketAddress() instanceof InetSocketAddress peer) {
      if (door.connections().opened(peer.getAddress())) {
        connection.whenClosed(() -> door.connections().closed(peer.getAddress()));
      } else {
        String client = peer.getAddress().getHostAddress();
        door.observers().forEach(observer -> observer.refused(client, "connections"));
        connection.close();
      }
    }
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    super.onEndPointClosed(endPoint);
    if (endPoint instanceof WatchedEndPoint connection) {
      connection.closed();
    }
  }
}
