package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ports that all isolates of a program share: the first that listens opens the port, the others
 * join it, and one that replaces a lost isolate finds it open. Isolates that listen on the same
 * address in the same order mean the same port. Safe from any thread.
 */
final class SharedPorts {

  /**
   * @param ordinal tells the second port 0 of a program from its first
   */
  private record Key(String host, int port, int ordinal) {}

  private final Network network;
  private final Map<Key, Port> ports = new HashMap<>();
  private @Nullable IsolatePool pool;

  SharedPorts(Network network) {
    this.network = network;
  }

  /** Called once, before anybody listens. */
  void leadTo(IsolatePool isolates) {
    pool = isolates;
  }

  private IsolatePool pool() {
    IsolatePool isolates = pool;
    if (isolates == null) {
      throw new IllegalStateException("The ports lead to no isolates.");
    }
    return isolates;
  }

  /** The network as one isolate sees it. */
  Network forIsolate(Member member) {
    return new Network() {
      @Override
      public void listen(InetSocketAddress address, RequestHandler handler, Opened opened) {
        SharedPorts.this.listen(member, address, handler, opened);
      }

      @Override
      public Idling idling() {
        return network.idling();
      }
    };
  }

  private void listen(
      Member member, InetSocketAddress address, RequestHandler handler, Network.Opened opened) {
    Port port;
    boolean isNew;
    synchronized (ports) {
      var key = member.nextKey(address);
      port = ports.get(key);
      isNew = port == null;
      if (port == null) {
        port = new Port(key);
        ports.put(key, port);
      }
      port.join(member, handler, opened);
    }
    if (isNew) {
      network.listen(address, port, port);
    }
    pool().doorOpened();
  }

  /** The addresses of all open ports. */
  List<InetSocketAddress> addresses() {
    synchronized (ports) {
      return ports.values().stream().map(Port::address).flatMap(Optional::stream).toList();
    }
  }

  /** The isolate is gone; its ports stay open for its successor. */
  void leave(Member member) {
    synchronized (ports) {
      ports.values().forEach(port -> port.leave(member));
    }
  }

  /** Closes ports that no isolate listens on any more. */
  void closeUnused() {
    List<Port> unused;
    synchronized (ports) {
      unused = ports.values().stream().filter(port -> port.listening.isEmpty()).toList();
      ports.values().removeAll(unused);
    }
    unused.forEach(Port::closeQuietly);
  }

  void closeAll() {
    List<Port> all;
    synchronized (ports) {
      all = new ArrayList<>(ports.values());
      ports.clear();
    }
    all.forEach(Port::closeQuietly);
  }

  /** One isolate's part in the ports. */
  static final class Member {
    private final Map<String, AtomicInteger> ordinals = new HashMap<>();

    private Key nextKey(InetSocketAddress address) {
      String host = address.getHostString();
      int ordinal =
          ordinals
              .computeIfAbsent(host + " " + address.getPort(), _ -> new AtomicInteger())
              .getAndIncrement();
      return new Key(host, address.getPort(), ordinal);
    }

    private void forget(Key key) {
      var ordinal = ordinals.get(key.host() + " " + key.port());
      if (ordinal != null) {
        ordinal.decrementAndGet();
      }
    }
  }

  private record Listening(Member member, RequestHandler handler) {}

  private record Waiting(Member member, Network.Opened opened) {}

  private final class Port implements RequestHandler, IsolatePool.Door, Network.Opened {
    private final Key key;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private Network.@Nullable Listener real;

    Port(Key key) {
      this.key = key;
    }

    synchronized Optional<InetSocketAddress> address() {
      return Optional.ofNullable(real).map(Network.Listener::address);
    }

    synchronized void join(Member member, RequestHandler handler, Network.Opened opened) {
      listening.add(new Listening(member, handler));
      if (real == null) {
        waiting.add(new Waiting(member, opened));
      } else {
        opened.listening(handle(member, real));
      }
    }

    void leave(Member member) {
      listening.removeIf(one -> one.member() == member);
    }

    @Override
    public Ticket handle(WorkerRequest request, ResponseSink sink) {
      return pool().dispatch(request, sink, this);
    }

    @Override
    public Optional<RequestHandler> in(Life life) {
      for (Listening one : listening) {
        if (one.member() == life.member()) {
          return Optional.of(one.handler());
        }
      }
      return Optional.empty();
    }

    /** An isolate that has just been started listens a moment later. */
    @Override
    public boolean mayOpen() {
      return true;
    }

    @Override
    public void listening(Network.Listener listener) {
      List<Waiting> told;
      synchronized (this) {
        real = listener;
        told = List.copyOf(waiting);
        waiting.clear();
      }
      told.forEach(one -> one.opened().listening(handle(one.member(), listener)));
    }

    @Override
    public void failed(String code, String message) {
      List<Waiting> told;
      synchronized (ports) {
        ports.remove(key);
        told = List.copyOf(waiting);
        told.forEach(one -> one.member().forget(key));
      }
      told.forEach(one -> one.opened().failed(code, message));
    }

    private Network.Listener handle(Member member, Network.Listener listener) {
      return new Network.Listener() {
        @Override
        public InetSocketAddress address() {
          return listener.address();
        }

        @Override
        public void close(Runnable closed) {
          closeFor(member, listener, closed);
        }
      };
    }

    private void closeFor(Member member, Network.Listener listener, Runnable closed) {
      boolean last;
      synchronized (ports) {
        leave(member);
        member.forget(key);
        last = listening.isEmpty();
        if (last) {
          ports.remove(key);
        }
      }
      if (last) {
        listener.close(closed);
      } else {
        closed.run();
      }
    }

    private void closeQuietly() {
      Network.Listener open = real;
      if (open != null) {
        open.close(() -> {});
      }
    }
  }
}
