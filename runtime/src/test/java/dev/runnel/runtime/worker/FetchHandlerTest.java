package dev.runnel.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests reach a program's fetch handler and its answers leave. */
@Timeout(120)
class FetchHandlerTest {
  private static final String HOST = "http://app.example";

  @TempDir Path folder;
  private final BlockingQueue<String> uncaught = new LinkedBlockingQueue<>();
  private @Nullable Worker worker;

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void aModuleWorkerGetsRequestEnvironmentAndContext() throws Exception {
    load(
        """
        export default {
          name: "self",
          async fetch(request, env, ctx) {
            const { method, url, headers } = request;
            const waits = typeof ctx.waitUntil;
            return Response.json({ me: this.name, method, url, a: headers.get("X-A"), env, waits });
          },
        };
        """);

    var request =
        new WorkerRequest(
            "GET",
            HOST + "/p/../q?x=1",
            List.of(new Header("X-A", "1"), new Header("x-a", "2")),
            RequestBody.EMPTY,
            WorkerRequest.Connection.NONE);

    assertThat(text(request))
        .isEqualTo(
            "{\"me\":\"self\",\"method\":\"GET\",\"url\":\"http://app.example/q?x=1\","
                + "\"a\":\"1, 2\",\"env\":{\"KEY\":\"value\"},\"waits\":\"function\"}");
  }

  @Test
  void aServiceWorkerAnswersWithRespondWith() throws Exception {
    load(
        """
        addEventListener("fetch", (event) => {
          if (event.request.url.endsWith("/none")) return;
          event.waitUntil(Promise.resolve());
          event.respondWith(Promise.resolve(new Response("from " + event.request.url)));
        });
        export {};
        """);

    assertThat(text(WorkerRequest.get(HOST + "/x"))).isEqualTo("from http://app.example/x");
    assertThat(status("/none")).isEqualTo(500);
    assertThat(reported()).contains("respondWith");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "stream", "clone", "form"})
  void aRequestBodyIsReadInAnyWay(String how) throws Exception {
    load(
        """
        export default {
          async fetch(request) {
            switch (new URL(request.url).pathname.slice(1)) {
              case "text": return new Response(await request.text());
              case "stream": return new Response(request.body);
              case "clone": return new Response(await request.clone().text());
              case "form": return new Response(new URLSearchParams(await request.formData()).toString());
            }
          },
        };
        """);

    var request =
        WorkerRequest.post(
            HOST + "/" + how, "application/x-www-form-urlencoded", "a=1&b=2".getBytes(UTF_8));

    assertThat(text(request)).isEqualTo("a=1&b=2");
  }

  @Test
  void theHeadLeavesBeforeTheFirstByteAndEachChunkWhenItIsWritten() throws Exception {
    load(
        """
        const waiting = [];
        const encoder = new TextEncoder();
        export default {
          async fetch(request) {
            if (request.url.endsWith("/next")) {
              waiting.shift()();
              return new Response();
            }
            return new Response(new ReadableStream({
              async pull(controller) {
                await new Promise((go) => waiting.push(go));
                controller.enqueue(encoder.encode("chunk."));
                if (++this.count === 2) controller.close();
              },
              count: 0,
            }), { status: 203, headers: { "x-early": "yes" } });
          },
        };
        """);

    try (var response = worker().fetch(WorkerRequest.get(HOST + "/"))) {
      assertThat(response.status()).isEqualTo(203);
      status("/next");
      assertThat(response.body().readNBytes(6)).asString(UTF_8).isEqualTo("chunk.");
      status("/next");
      assertThat(response.body().readAllBytes()).asString(UTF_8).isEqualTo("chunk.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new Error('boom')",
        "return Promise.reject(new Error('boom'))",
        "return 'boom'",
        "return new Response(null, { status: 204 }).boom",
        "const r = new Response('boom'); r.text(); return r",
        "return Response.error(/* boom */)"
      })
  void aHandlerThatFailsIsA500AndReported(String body) throws Exception {
    load("export default { fetch() { %s; } };".formatted(body));

    assertThat(status("/")).isEqualTo(500);
    assertThat(reported()).isNotEmpty();
    assertThat(uncaught).isEmpty();
  }

  @Test
  void whatAHandlerThrowsIsReportedWithItsLine() throws Exception {
    load("\nexport default {\n  fetch() {\n    throw new RangeError('far');\n  },\n};");

    status("/");

    assertThat(reported()).contains("RangeError: far", "main.js:4:");
  }

  @Test
  void aStreamThatFailsAfterTheHeadBreaksTheBodyOff() throws Exception {
    load(
        """
        export default {
          fetch: () => new Response(new ReadableStream({
            start(controller) {
              controller.enqueue(new Uint8Array(10));
              setTimeout(() => controller.error(new Error("late")), 5);
            },
          })),
        };
        """);

    try (var response = worker().fetch(WorkerRequest.get(HOST))) {
      assertThat(response.status()).isEqualTo(200);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> response.body().readAllBytes());
    }
    assertThat(reported()).contains("late");
  }

  @Test
  void aClientThatGoesAbortsTheSignalAndCancelsTheBody() throws Exception {
    load(
        """
        const seen = [];
        let done;
        const both = new Promise((resolve) => (done = resolve));
        const note = (what) => seen.push(what) === 2 && done();
        export default {
          async fetch(request) {
            if (request.url.endsWith("/seen")) {
              await both;
              return new Response(seen.sort().join());
            }
            request.signal.addEventListener("abort", () => note(request.signal.reason.name));
            return new Response(new ReadableStream({
              pull: (controller) => controller.enqueue(new Uint8Array(10)),
              cancel: (reason) => note("cancel " + reason.name),
            }));
          },
        };
        """);

    try (var response = worker().fetch(WorkerRequest.get(HOST))) {
      assertThat(response.body().read()).isZero();
    }

    assertThat(text(WorkerRequest.get(HOST + "/seen"))).isEqualTo("AbortError,cancel AbortError");
    assertThat(uncaught).isEmpty();
  }

  @Test
  void aBodyThatNobodyReadsIsNotProducedAhead() throws Exception {
    load(
        """
        let pulled = 0;
        export default {
          fetch: (request) => request.url.endsWith("/pulled")
            ? new Response(String(pulled))
            : new Response(new ReadableStream({
                pull(controller) {
                  pulled++;
                  controller.enqueue(new Uint8Array(65536));
                },
              })),
        };
        """);

    try (var response = worker().fetch(WorkerRequest.get(HOST))) {
      assertThat(response.status()).isEqualTo(200);
      String pulled = text(WorkerRequest.get(HOST + "/pulled"));
      assertThat(Integer.parseInt(pulled)).isLessThan(10);
      assertThat(response.body().skip(20 * 65536)).isEqualTo(20 * 65536);
      assertThat(Integer.parseInt(text(WorkerRequest.get(HOST + "/pulled")))).isBetween(20, 40);
    }
  }

  @Test
  void bytesAndBlobsAnnounceTheirLength() throws Exception {
    load(
        """
        export default {
          fetch: (request) => new Response(request.url.endsWith("/blob") ? new Blob(["ab", "c"]) : new Uint8Array(5)),
        };
        """);

    assertThat(length(WorkerRequest.get(HOST + "/blob"))).isEqualTo("3");
    assertThat(length(WorkerRequest.get(HOST + "/bytes"))).isEqualTo("5");
  }

  /** The report comes on the isolate's thread, perhaps after the answer. */
  private String reported() throws InterruptedException {
    return Objects.requireNonNullElse(uncaught.poll(30, TimeUnit.SECONDS), "");
  }

  private String length(WorkerRequest request) throws InterruptedException {
    try (var response = worker().fetch(request)) {
      return response.headers().stream()
          .filter(header -> header.name().equalsIgnoreCase("content-length"))
          .map(Header::value)
          .findFirst()
          .orElse("");
    }
  }

  @Test
  void aStreamOfFixedLengthTellsItsLengthAndFailsWhenItEndsEarly() throws Exception {
    load(
        """
        export default {
          fetch(request) {
            const { readable, writable } = new FixedLengthStream(6);
            const writer = writable.getWriter();
            writer.write(new TextEncoder().encode(new URL(request.url).pathname));
            writer.close().catch(() => {});
            return new Response(readable);
          },
        };
        """);

    try (var whole = worker().fetch(WorkerRequest.get(HOST + "/whole"))) {
      assertThat(whole.headers()).contains(new Header("content-length", "6"));
      assertThat(new String(whole.body().readAllBytes(), UTF_8)).isEqualTo("/whole");
    }
    assertThat(status("/x")).isEqualTo(500);
    assertThat(uncaught.poll(30, TimeUnit.SECONDS)).contains("closed 4 bytes too early");
  }

  private String text(WorkerRequest request) throws Exception {
    try (var response = worker().fetch(request)) {
      return new String(response.body().readAllBytes(), UTF_8);
    }
  }

  private int status(String path) throws InterruptedException {
    try (var response = worker().fetch(WorkerRequest.get(HOST + path))) {
      return response.status();
    }
  }

  private Worker worker() {
    return Objects.requireNonNull(worker, "load() comes first");
  }

  private void load(String source) throws Exception {
    var environment = new LinkedHashMap<>(Map.of("KEY", "value"));
    var options =
        WorkerOptions.DEFAULT
            .withEnvironment(environment)
            .withObserver(
                new WorkerObserver() {
                  @Override
                  public void uncaught(ProgramError error) {
                    uncaught.add(error.text());
                  }

                  @Override
                  public void isolateLost(String limit, String sentence) {
                    uncaught.add(limit + ": " + sentence);
                  }
                });
    worker = Worker.load(Files.writeString(folder.resolve("main.js"), source), options);
  }
}
