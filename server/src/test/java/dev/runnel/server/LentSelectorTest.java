package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads without work read from the network, and nobody waits for those that have some. */
@Timeout(60)
class LentSelectorTest {
  private final JettyNetwork network = new JettyNetwork();
  private final EchoProgram echo = new EchoProgram();
  private final Queue<Thread> readers = new ConcurrentLinkedQueue<>();
  private final List<Worker> workers = new ArrayList<>();
  private Network.Listener port;

  /** Works off what it is given, and idles. */
  private final class Worker implements AutoCloseable {
    private final Idling idling = network.idling();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private final Thread thread = Thread.ofPlatform().start(this::work);

    private void work() {
      while (!closed) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        idling.idle(TimeUnit.HOURS.toNanos(1), () -> tasks.isEmpty() && !closed);
      }
    }

    void give(Runnable task) {
      tasks.add(task);
      idling.wake(thread);
    }

    @Override
    public void close() {
      closed = true;
      idling.wake(thread);
    }
  }

  @BeforeEach
  void listen() throws Exception {
    RequestHandler noted =
        (request, sink) -> {
          readers.add(Thread.currentThread());
          return echo.handle(request, sink);
        };
    port = TestServer.listen(network, TestServer.anyPort(), noted).get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    workers.forEach(Worker::close);
    for (Worker worker : workers) {
      worker.thread.join();
    }
    network.close();
  }

  private Worker worker() {
    var worker = new Worker();
    workers.add(worker);
    return worker;
  }

  private RawClient connect() throws Exception {
    return new RawClient(port.address());
  }

  private static void ask(RawClient client) throws Exception {
    client.get("/").readUntil("\"\"");
  }

  private void askUntilReadBy(RawClient client, Set<Thread> threads) throws Exception {
    Set<Thread> missing = new HashSet<>(threads);
    while (!missing.isEmpty()) {
      ask(client);
      readers.forEach(missing::remove);
    }
  }

  @Test
  void aThreadWithoutWorkReadsTheRequests() throws Exception {
    Worker worker = worker();

    try (RawClient client = connect()) {
      List<Thread> twice = List.of(worker.thread, worker.thread);
      // Not at once: while the worker is on its way back to the selector, another may read for it.
      do {
        readers.clear();
        ask(client);
        ask(client);
      } while (!List.copyOf(readers).equals(twice));
    }
  }

  @Test
  void whileItWorksAnotherReads() throws Exception {
    Worker worker = worker();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);

    try (RawClient client = connect()) {
      askUntilReadBy(client, Set.of(worker.thread));
      readers.clear();
      worker.give(
          () -> {
            busy.countDown();
            awaitQuietly(done);
          });
      busy.await();
      ask(client);
      ask(client);
      assertThat(readers).hasSize(2).doesNotContain(worker.thread);
      done.countDown();
      askUntilReadBy(client, Set.of(worker.thread));
    }
  }

  @Test
  void ofTwoTheIdleOneReads() throws Exception {
    Worker one = worker();
    Worker other = worker();
    CountDownLatch done = new CountDownLatch(1);

    try (RawClient client = connect()) {
      one.give(() -> awaitQuietly(done));
      askUntilReadBy(client, Set.of(other.thread));
      done.countDown();
      CountDownLatch otherDone = new CountDownLatch(1);
      other.give(() -> awaitQuietly(otherDone));
      askUntilReadBy(client, Set.of(one.thread));
      otherDone.countDown();
    }
  }

  @Test
  void whoIsGivenWorkWhileItReadsReturns() throws Exception {
    Worker worker = worker();
    try (RawClient client = connect()) {
      askUntilReadBy(client, Set.of(worker.thread));
    }

    for (int i = 0; i < 1_000; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      worker.give(ran::countDown);
      ran.await();
    }
  }

  @Test
  void connectionsComeAndGoInAnyNumber() throws Exception {
    worker();

    for (int i = 0; i < 200; i++) {
      try (RawClient client = connect()) {
        client.send("GET /%d HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".formatted(i));
        assertThat(client.readToEnd()).endsWith("GET http://test/%d \"\"".formatted(i));
      }
    }
  }

  @Test
  void aPortClosesWhileItIsLent() throws Exception {
    Worker worker = worker();
    try (RawClient client = connect()) {
      askUntilReadBy(client, Set.of(worker.thread));
    }

    CountDownLatch closed = new CountDownLatch(1);
    port.close(closed::countDown);
    closed.await();

    CountDownLatch ran = new CountDownLatch(1);
    worker.give(ran::countDown);
    ran.await();
  }

  @Test
  void whatIsAcceptedWhileItsPortStopsIsClosed() throws Exception {
    var connector = (WatchedConnector) port;
    LentSelector selector = connector.selector().orElseThrow();
    CountDownLatch closed = new CountDownLatch(1);
    port.close(closed::countDown);
    closed.await();

    try (SocketChannel late = SocketChannel.open()) {
      assertThatThrownBy(() -> connector.getSelectorManager().accept(late));
      assertThat(late.isOpen()).isFalse();
    }
    var later = new Accepted();
    selector.submit(later);
    assertThat(later.closed).isTrue();
  }

  @Test
  void whoConnectsWhileAPortClosesIsNotForgotten() throws Exception {
    for (int i = 0; i < 200; i++) {
      Network.Listener open =
          TestServer.listen(network, TestServer.anyPort(), echo).get(10, TimeUnit.SECONDS);
      List<Thread> clients = new ArrayList<>();
      CountDownLatch connected = new CountDownLatch(1);
      for (int k = 0; k < 4; k++) {
        clients.add(Thread.startVirtualThread(() -> connectUntilRefused(open, connected)));
      }
      connected.await();
      open.close(() -> {});
      for (Thread client : clients) {
        client.join();
      }
    }
  }

  private static void connectUntilRefused(Network.Listener port, CountDownLatch connected) {
    try {
      while (true) {
        try (Socket socket = new Socket(port.address().getAddress(), port.address().getPort())) {
          connected.countDown();
          socket
              .getOutputStream()
              .write(
                  "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.ISO_8859_1));
          socket.getInputStream().readAllBytes();
        }
      }
    } catch (IOException e) {
      // Refused, or reset as the port closed.
    }
  }

  /** As Jetty hands a connection to its selector. */
  private static final class Accepted implements ManagedSelector.SelectorUpdate, Closeable {
    private boolean closed;

    @Override
    public void update(Selector selector) {}

    @Override
    public void close() {
      closed = true;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
