package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.kv.KvNamespace;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.fetch.JettyFetcher;
import dev.runnel.store.FileKvStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Workers model, over real connections. */
class WorkersExamplesTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();

  @TempDir private Path folder;

  @Test
  void theProxyPassesBothBodiesOnAsTheyCome() throws Exception {
    try (RawOrigin origin = new RawOrigin();
        JettyFetcher fetcher = new JettyFetcher(Egress.EVERYTHING);
        Served served =
            start(
                "pass-through-proxy",
                Project.OPTIONS
                    .withFetcher(fetcher)
                    .withEnvironment(Map.of("ORIGIN", origin.url())));
        RawConnection client = new RawConnection(served.address())) {
      client.send("POST /a?b=c HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nsent");
      try (RawOrigin.Request request = origin.accept()) {
        assertThat(request.head()).startsWith("POST /a?b=c ");
        request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshell\r\n");
        client.readHead();
        assertThat(client.readChunk()).isEqualTo("shell");
        request.send("4\r\nrest\r\n0\r\n\r\n");
        assertThat(client.readChunks()).isEqualTo("rest");
      }
    }
  }

  @Test
  void bytesOfAPipeThatNobodyAwaitsArriveAfterTheHandlerReturned() throws Exception {
    try (Served served = start("transform-stream", Project.OPTIONS);
        RawConnection client = new RawConnection(served.address())) {
      client.get("/");
      client.readHead();
      long begun = System.nanoTime();
      assertThat(client.readChunk()).isEqualTo("ONE\n");
      assertThat(client.readChunk()).isEqualTo("TWO\n");
      assertThat(client.readChunk()).isEqualTo("THREE\n");
      assertThat(client.readChunks()).isEmpty();
      // Each line is followed by a wait of 300 ms: they can't have left with the handler's return.
      assertThat(System.nanoTime() - begun).isGreaterThan(500_000_000L);
    }
  }

  @Test
  void theByobReaderReadsABodyOfAnyLength() throws Exception {
    try (Served served = start("byob-reader", Project.OPTIONS);
        RawConnection client = new RawConnection(served.address())) {
      String lines = "line\n".repeat(5_000);
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(lines.length(), lines));

      assertThat(client.readBody(client.readHead())).isEqualTo("5000 lines, 25000 bytes\n");
    }
  }

  @Test
  void theCounterGoesOnWhereItWas() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (var store = FileKvStore.open(folder.resolve("counts.db"), 1 << 20);
          Served served = start("kv-counter", counting(store))) {
        assertThat(served.get("/a"))
            .endsWith("/a has been visited %d times\n".formatted(2 * round + 1));
        assertThat(served.get("/a"))
            .endsWith("/a has been visited %d times\n".formatted(2 * round + 2));
      }
    }
  }

  private static WorkerOptions counting(FileKvStore store) {
    var namespace = new Binding.Kv(new KvNamespace(store, KvLimits.DEFAULT));
    return Project.OPTIONS.withBindings(Bindings.of(Map.of("COUNTS", namespace)));
  }

  @Test
  void theScheduledHandlerIsCalledAndWaitedFor() throws Exception {
    var out = new ByteArrayOutputStream();
    var options = Project.OPTIONS.withOutput(new WorkerOptions.Output(out, out));
    try (Worker worker = Worker.load(Project.EXAMPLES.resolve("cron"), options)) {
      var time = Instant.parse("2026-02-02T12:00:00Z");

      boolean succeeded = worker.schedule("0 12 * * MON", time).toCompletableFuture().get();

      assertThat(succeeded).isTrue();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo("called at 2026-02-02T12:00:00.000Z by \"0 12 * * MON\"\n");
    }
  }

  private static Served start(String example, WorkerOptions options) throws Exception {
    return Served.start(Project.EXAMPLES.resolve(example), NETWORK, options);
  }
}
