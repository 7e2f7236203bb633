package dev.runnel.runtime.guest;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.host.core.HttpHost;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.snapshot.AppSnapshot;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The ports that a program has open, and whether it answers fetch (listener 0).
 *
 * <p>Confined to the loop thread.
 */
final class Listeners implements HttpHost.Ports {
  static final int FETCH = 0;

  /** To bind takes next to none of them; a machine may be busy. */
  private static final int SECONDS_TO_OPEN = 60;

  /**
   * Where ports are opened.
   *
   * @param most how many the program may have
   * @param opensNow run when it asks for what only an open port has; calls {@link #startOpening}
   */
  record Doors(Network network, int most, Runnable opensNow) {}

  private static final class Entry {
    private final InetSocketAddress address;
    private Network.@Nullable Listener port;
    private final CompletableFuture<Optional<InetSocketAddress>> bound = new CompletableFuture<>();
    private boolean closing;
    private boolean holds = true;

    private Entry(InetSocketAddress address) {
      this.address = address;
    }
  }

  private final EventLoop loop;
  private final GuestCall guest;
  private final Exchanges exchanges;
  private final Doors doors;
  private final Map<Integer, Entry> open = new HashMap<>();
  private boolean answersFetch;
  private boolean opening;
  private CompletableFuture<?> opened = CompletableFuture.completedFuture(null);

  Listeners(EventLoop loop, GuestCall guest, Exchanges exchanges, Doors doors) {
    this.loop = loop;
    this.guest = guest;
    this.exchanges = exchanges;
    this.doors = doors;
  }

  /** The program has a fetch handler: from now on it stays alive to be asked. */
  void answersFetch() {
    if (!answersFetch) {
      answersFetch = true;
      loop.hold();
    }
  }

  boolean isAnsweringFetch() {
    return answersFetch;
  }

  int openPorts() {
    return open.size();
  }

  /**
   * Asks for a port. Before {@link #startOpening} that is only noted.
   *
   * @throws HostError {@code EMFILE} when the program has as many as it may
   */
  @Override
  public void listen(int id, InetSocketAddress address) {
    if (open.size() >= doors.most()) {
      throw HostError.system(
          "EMFILE", "too many open files: the limit of %d open ports is reached", doors.most());
    }
    var entry = new Entry(address);
    open.put(id, entry);
    loop.hold();
    if (opening) {
      openPort(id, entry);
    }
  }

  @Override
  public Optional<InetSocketAddress> address(int id) {
    var entry = open.get(id);
    if (entry == null) {
      return Optional.empty();
    }
    doors.opensNow().run();
    try {
      return entry.bound.get(SECONDS_TO_OPEN, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** The ports that the program has asked for so far, by the number of their listener. */
  SequencedMap<Integer, AppSnapshot.Port> requested() {
    var requested = new TreeMap<Integer, AppSnapshot.Port>();
    open.forEach(
        (id, entry) ->
            requested.put(
                id, new AppSnapshot.Port(entry.address.getHostString(), entry.address.getPort())));
    return requested;
  }

  /** Asks for a port as the program did whose snapshot has it. */
  void listenAgain(int id, AppSnapshot.Port port) {
    listen(id, InetSocketAddress.createUnresolved(port.host(), port.port()));
  }

  /**
   * The program's first evaluation is over: what it asked for is opened now, and at once from here
   * on. The first call counts.
   */
  void startOpening() {
    if (!opening) {
      opening = true;
      Map.copyOf(open).forEach(this::openPort);
    }
  }

  /** Completes when those that are being opened now are open, or can't be. */
  CompletableFuture<?> opened() {
    return opened;
  }

  private void openPort(int id, Entry entry) {
    opened = CompletableFuture.allOf(opened, entry.bound);
    doors
        .network()
        .listen(
            entry.address,
            exchanges.handler(id),
            new Network.Opened() {
              @Override
              public void listening(Network.Listener listener) {
                entry.bound.complete(Optional.of(listener.address()));
                if (!loop.post(() -> opened(id, entry, listener))) {
                  listener.close(() -> {});
                }
              }

              @Override
              public void failed(String code, String message) {
                entry.bound.complete(Optional.empty());
                loop.post(() -> refused(id, entry, code, message));
              }
            });
  }

  private void opened(int id, Entry entry, Network.Listener port) {
    entry.port = port;
    InetSocketAddress bound = port.address();
    guest.call(
        "listening",
        JsValue.of(id),
        JsValue.of(""),
        JsValue.of(""),
        JsValue.of(bound.getAddress().getHostAddress()),
        JsValue.of(bound.getPort()));
    if (entry.closing) {
      closePort(id, entry, port);
    }
  }

  private void refused(int id, Entry entry, String code, String message) {
    forget(id, entry);
    guest.call(
        "listening",
        JsValue.of(id),
        JsValue.of(code),
        JsValue.of(message),
        JsValue.of(entry.address.getHostString()),
        JsValue.of(entry.address.getPort()));
  }

  void close(int id) {
    var entry = open.get(id);
    if (entry == null || entry.closing) {
      return;
    }
    entry.closing = true;
    if (!opening) {
      forget(id, entry);
      loop.post(() -> guest.call("listenerClosed", JsValue.of(id)));
    } else if (entry.port != null) {
      closePort(id, entry, entry.port);
    }
  }

  private void closePort(int id, Entry entry, Network.Listener port) {
    port.close(
        () ->
            loop.post(
                () -> {
                  forget(id, entry);
                  guest.call("listenerClosed", JsValue.of(id));
                }));
  }

  void reference(int id, boolean keepsAlive) {
    var entry = open.get(id);
    if (entry != null && entry.holds != keepsAlive) {
      entry.holds = keepsAlive;
      if (keepsAlive) {
        loop.hold();
      } else {
        loop.release();
      }
    }
  }

  private void forget(int id, Entry entry) {
    open.remove(id);
    if (entry.holds) {
      entry.holds = false;
      loop.release();
    }
  }

  /** The program has ended: gives its ports back. */
  void closeAll() {
    for (Entry entry : open.values()) {
      if (entry.port != null) {
        entry.port.close(() -> {});
      }
    }
    open.clear();
  }
}
