package dev.runnel.runtime.host.net;

import dev.runnel.engine.HostError;
import dev.runnel.runtime.http.ByteLink;
import dev.runnel.runtime.loop.EventLoop;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sockets of one isolate, connected and listening, by the numbers that the program knows them
 * by. Sockets are added by the threads that opened them; all else happens on the loop's thread.
 */
final class OpenSockets {
  private final EventLoop loop;
  private final int limit;
  private final Map<Integer, Held> sockets = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger nextId = new AtomicInteger(1);
  private volatile boolean closed;

  OpenSockets(EventLoop loop, int limit) {
    this.loop = loop;
    this.limit = limit;
  }

  /** Called before one is opened; {@link #giveBack} follows when that fails. */
  void reserve() {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      throw HostError.system(
          "EMFILE", "too many open files: the limit of %d open sockets is reached", limit);
    }
  }

  void giveBack() {
    count.decrementAndGet();
  }

  /** Adds one for which there is a place. */
  int add(Closeable socket) {
    int id = nextId.getAndIncrement();
    sockets.put(id, new Held(socket));
    if (closed) {
      close(id);
    }
    return id;
  }

  int add(ByteLink link) {
    return add(new Connection(link));
  }

  /** Empty when it has been closed, or is something else. */
  <T extends Closeable> Optional<T> find(int id, Class<T> type) {
    Held held = sockets.get(id);
    return held != null && type.isInstance(held.socket)
        ? Optional.of(type.cast(held.socket))
        : Optional.empty();
  }

  Connection connection(int id) {
    return find(id, Connection.class)
        .orElseThrow(() -> HostError.system("EBADF", "bad file descriptor"));
  }

  /** Whether it keeps the program alive while it is open. */
  void reference(int id, boolean keepsAlive) {
    Held held = sockets.get(id);
    if (held != null && held.holds != keepsAlive) {
      held.holds = keepsAlive;
      if (keepsAlive) {
        loop.hold();
      } else {
        loop.release();
      }
    }
  }

  void close(int id) {
    reference(id, false);
    Held held = sockets.remove(id);
    if (held != null) {
      giveBack();
      try {
        held.socket.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }

  /** The isolate has ended. */
  void closeAll() {
    closed = true;
    sockets.keySet().forEach(this::close);
  }

  private static final class Held {
    private final Closeable socket;
    private boolean holds;

    Held(Closeable socket) {
      this.socket = socket;
    }
  }
}
