package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program asks another of the same process. */
class ServiceBindingTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final String PASS =
      "export default { fetch: (request, env) => env.BACK.fetch(request) };";

  @TempDir private Path folder;

  @Test
  void bothBodiesStreamThroughTheProgramThatPassesThemOn() throws Exception {
    String upper =
        """
        const turn = { transform: (bytes, to) => to.enqueue(bytes.map((byte) => byte - 32)) };
        export default {
          fetch: (request) => new Response(request.body.pipeThrough(new TransformStream(turn))),
        };
        """;
    try (Worker back = load("back.mjs", upper, Project.OPTIONS);
        Served front = serve(PASS, back);
        RawConnection client = new RawConnection(front.address())) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("3\r\none\r\n");
      client.readHead();
      assertThat(client.readChunk()).isEqualTo("ONE");
      client.send("3\r\ntwo\r\n");
      assertThat(client.readChunk()).isEqualTo("TWO");
      client.send("0\r\n\r\n");
      assertThat(client.readChunks()).isEmpty();
    }
  }

  @Test
  void aClientThatLeavesTheFirstProgramHasLeftTheSecond() throws Exception {
    String waits =
        """
        let left = () => {};
        const gone = new Promise((resolve) => (left = resolve));
        export default {
          fetch(request) {
            if (request.url.endsWith("/gone")) return gone.then(() => new Response("gone"));
            return new Response(new ReadableStream({
              start: (controller) => controller.enqueue(new Uint8Array([65])),
              cancel: left,
            }));
          },
        };
        """;
    try (Worker back = load("back.mjs", waits, Project.OPTIONS);
        Served front = serve(PASS, back)) {
      try (RawConnection client = new RawConnection(front.address())) {
        client.get("/");
        client.readHead();
        assertThat(client.readChunk()).isEqualTo("A");
      }

      assertThat(front.get("/gone")).endsWith("gone");
    }
  }

  @Test
  void aServiceThatCrossesALimitIsAnErrorThatTheOtherProgramCatches() throws Exception {
    String busy = "export default { fetch() { for (;;); } };";
    String front =
        """
        export default {
          fetch: (request, env) => env.BACK.fetch(request).catch((e) => new Response(e.cause.message)),
        };
        """;
    var limited =
        Project.OPTIONS.withTurnLimits(
            new TurnLimits(Optional.empty(), Optional.of(Duration.ofSeconds(3))));
    try (Worker back = load("back.mjs", busy, limited);
        Served served = serve(front, back)) {
      assertThat(served.get("/")).contains("200 OK").contains("longer than its limit");
    }
  }

  private Served serve(String program, Worker back) throws Exception {
    Path file = folder.resolve("front.mjs");
    Files.writeString(file, program);
    var bindings = Bindings.of(Map.of("BACK", new Binding.Service(back.handler())));
    return Served.start(file, NETWORK, Project.OPTIONS.withBindings(bindings));
  }

  private Worker load(String name, String program, WorkerOptions options) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, program);
    return Worker.load(file, options);
  }
}
