package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers of one program behind haproxy, with a KV namespace and the cache in Redis: none of
 * its clients' requests fails when one of them is killed, nor when all of them are exchanged one
 * after the other.
 */
@Tag("long")
class ClusterTest {
  private static final int NODES = 3;
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String PROGRAM =
      """
      export default {
        async fetch(request, env) {
          if (request.method === "PUT") {
            const text = await request.text();
            await env.SHARED.put("word", text);
            const kept = new Response(text, { headers: { "cache-control": "max-age=600" } });
            await caches.default.put("http://app/word", kept);
            return new Response("kept");
          }
          const word = await env.SHARED.get("word");
          await new Promise((resolve) => setTimeout(resolve, 20));
          const cached = await caches.default.match("http://app/word");
          return new Response(`${word} ${await cached?.text()}`);
        },
      };
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();

  @TempDir private Path folder;
  private URI front = URI.create("http://127.0.0.1/");
  private URI statistics = URI.create("http://127.0.0.1/");

  /** One server, at the same addresses whichever process it is. */
  private final class Node {
    private final int port = freePort();
    private final int adminPort = freePort();
    private final String store;
    private ChildJvm process;

    Node(String store) throws IOException {
      this.store = store;
      this.process = started();
    }

    private ChildJvm started() throws IOException {
      ChildJvm child =
          ChildJvm.runnel(
              "run",
              "--listen",
              "127.0.0.1:" + port,
              "--admin-port",
              Integer.toString(adminPort),
              "--leave",
              "1s",
              "--kv",
              "SHARED=" + store,
              "--cache",
              store,
              folder.resolve("program.mjs").toString());
      closing.push(child);
      return child;
    }

    void kill() {
      process.close();
    }

    void stop() throws Exception {
      process.signal("TERM");
      assertThat(process.outcome().exitCode()).isZero();
    }

    void startAgain() throws IOException {
      process = started();
    }
  }

  @BeforeEach
  void start() throws Exception {
    assumeTrue(installed("haproxy").isPresent(), "haproxy is not installed");
    assumeTrue(installed("redis-server").isPresent(), "redis-server is not installed");
    Files.writeString(folder.resolve("program.mjs"), PROGRAM);
    String store = redis();
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node(store));
    }
    haproxy();
    awaitUp(NODES);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : closing) {
      one.close();
    }
    client.close();
  }

  @Test
  void noRequestFailsWhenANodeIsKilledAndWhenAllAreExchanged() throws Exception {
    assertThat(ask(HttpRequest.newBuilder(front).PUT(HttpRequest.BodyPublishers.ofString("hi"))))
        .isEqualTo("kept");
    try (AutoCloseable load = load()) {
      awaitAnswers(200);
      Node lost = nodes.getFirst();
      lost.kill();
      awaitUp(NODES - 1);
      awaitAnswers(200);
      lost.startAgain();
      awaitUp(NODES);
      for (Node node : nodes) {
        node.stop();
        awaitUp(NODES - 1);
        node.startAgain();
        awaitUp(NODES);
      }
      awaitAnswers(200);
    }
    System.out.printf("%d requests, %d failed%n", answered.get(), failures.size());
    assertThat(failures).isEmpty();
  }

  /** Requests that go on until it is closed. */
  private AutoCloseable load() {
    var over = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          Thread.startVirtualThread(
              () -> {
                while (!over.get()) {
                  request();
                }
              }));
    }
    return () -> {
      over.set(true);
      for (Thread one : clients) {
        one.join();
      }
    };
  }

  private void request() {
    try {
      String body = ask(HttpRequest.newBuilder(front));
      if (!body.equals("hi hi")) {
        failures.add(body);
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
    answered.incrementAndGet();
  }

  private String ask(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : answer.statusCode() + " " + answer.body();
  }

  private void awaitAnswers(int more) throws InterruptedException {
    int enough = answered.get() + more;
    await(() -> answered.get() >= enough);
  }

  /** Until haproxy sends requests to that many. */
  private void awaitUp(int count) throws InterruptedException {
    await(
        () ->
            ask(HttpRequest.newBuilder(statistics))
                    .lines()
                    .filter(line -> line.startsWith("nodes,node") && line.contains(",UP,"))
                    .count()
                == count);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (IOException notYet) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String redis() throws Exception {
    int port = freePort();
    spawn(
        List.of(
            installed("redis-server").orElseThrow(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--save",
            "",
            "--dir",
            folder.toString()));
    await(
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          }
        });
    return "redis://127.0.0.1:%d/0".formatted(port);
  }

  private void haproxy() throws Exception {
    int port = freePort();
    int statisticsPort = freePort();
    StringBuilder text =
        new StringBuilder(
            """
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              # A busy machine is slow to answer a check; one that died refuses it at once.
              timeout check 60s
              retries 3
              option redispatch 1
              # What a node that died had not answered goes to another one.
              retry-on conn-failure empty-response
            listen statistics
              bind 127.0.0.1:%d
              stats enable
              stats uri /statistics
            frontend front
              bind 127.0.0.1:%d
              default_backend nodes
            backend nodes
              balance roundrobin
              # A node that leaves says so before it closes its port.
              option httpchk GET /readyz
            """
                .formatted(statisticsPort, port));
    for (Node node : nodes) {
      text.append(
          "  server node%d 127.0.0.1:%d check port %d inter 100ms fall 1 rise 1%n"
              .formatted(nodes.indexOf(node), node.port, node.adminPort));
    }
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
    spawn(List.of(installed("haproxy").orElseThrow(), "-db", "-f", file.toString()));
    front = URI.create("http://127.0.0.1:%d/".formatted(port));
    statistics = URI.create("http://127.0.0.1:%d/statistics;csv".formatted(statisticsPort));
  }

  private void spawn(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                folder.resolve(Path.of(command.getFirst()).getFileName() + ".log").toFile())
            .start();
    closing.push(
        () -> {
          process.destroy();
          if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
          }
        });
  }

  /** Debian has haproxy where only root's path leads. */
  private static Optional<String> installed(String program) {
    return List.of((System.getenv("PATH") + ":/usr/sbin").split(":")).stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
