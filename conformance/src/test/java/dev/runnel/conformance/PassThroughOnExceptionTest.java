package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.fetch.JettyFetcher;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request whose handler fails goes to the origin, when the program said so before. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PassThroughOnExceptionTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final String PROGRAM =
      """
      export default {
        async fetch(request, env, ctx) {
          if (!request.url.endsWith("/no")) ctx.passThroughOnException();
          if (request.url.endsWith("/read")) await request.text();
          throw new Error("mine");
        },
      };
      """;
  private static final String LISTENER =
      """
      addEventListener("fetch", (event) => {
        event.passThroughOnException();
        event.respondWith(Promise.reject(new Error("mine")));
      });
      """;

  @TempDir private Path folder;
  private final BlockingQueue<String> uncaught = new LinkedBlockingQueue<>();
  private final JettyFetcher fetcher = new JettyFetcher(Egress.EVERYTHING);

  @AfterEach
  void closeFetcher() {
    fetcher.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {PROGRAM, LISTENER})
  void theOriginAnswersAndTheErrorIsReported(String program) throws Exception {
    try (RawOrigin origin = new RawOrigin();
        Served served = serve(program, Project.OPTIONS.withOrigin(URI.create(origin.url())));
        RawConnection client = new RawConnection(served.address())) {
      client.send(
          "POST /a/b?c=d HTTP/1.1\r\nHost: a\r\nX-Mine: 1\r\nContent-Length: 4\r\n\r\nsent");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 5\r\n\r\nthere");

        String head = client.readHead();

        assertThat(head).startsWith("HTTP/1.1 302").containsIgnoringCase("location: /next");
        assertThat(client.readBody(head)).isEqualTo("there");
        assertThat(request.head()).startsWith("POST /a/b?c=d ").containsIgnoringCase("x-mine: 1");
      }
    }
    assertThat(uncaught.take()).contains("Error: mine");
  }

  @Test
  void withoutAnOriginTheAnswerIs500AndTheLogSaysWhy() throws Exception {
    try (Served served = serve(PROGRAM, Project.OPTIONS)) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 500");
      assertThat(uncaught.take()).contains("Error: mine");
      assertThat(uncaught.take()).contains("no origin is configured").contains("--origin");

      assertThat(served.get("/no")).startsWith("HTTP/1.1 500");
      assertThat(uncaught.take()).contains("Error: mine");
      assertThat(uncaught).isEmpty();
    }
  }

  @Test
  void aBodyThatHasBeenReadCannotBePassedOn() throws Exception {
    try (Served served =
            serve(PROGRAM, Project.OPTIONS.withOrigin(URI.create("http://127.0.0.1:1/")));
        RawConnection client = new RawConnection(served.address())) {
      client.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");

      assertThat(client.readHead()).startsWith("HTTP/1.1 500");
      assertThat(uncaught.take()).contains("Error: mine");
      assertThat(uncaught.take()).contains("its body has been read");
    }
  }

  private Served serve(String program, WorkerOptions options) throws Exception {
    Path file = folder.resolve("worker.mjs");
    Files.writeString(file, program);
    return Served.start(
        file, NETWORK, options.withFetcher(fetcher).withObserver(new Noted(uncaught)));
  }

  private record Noted(BlockingQueue<String> uncaught) implements WorkerObserver {
    @Override
    public void uncaught(ProgramError error) {
      uncaught.add(error.text());
    }

    @Override
    public void isolateLost(String limit, String sentence) {
      uncaught.add(sentence);
    }
  }
}
