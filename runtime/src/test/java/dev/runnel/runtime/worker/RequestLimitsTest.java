package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.RequestLimits;
import dev.runnel.runtime.limit.TurnLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request may take, and what it gets that takes more. */
@Timeout(120)
class RequestLimitsTest {
  private static final String HOST = "http://app.example";

  private static final String PROGRAM =
      """
      let seen = 0;
      const work = (rounds) => { let x = 0; for (let i = 0; i < rounds; i++) x += i; return x; };
      export default {
        async fetch(request) {
          seen++;
          switch (new URL(request.url).pathname) {
            case "/echo": return new Response(await request.text());
            case "/announced": return new Response("x".repeat(5000));
            case "/streamed": return new Response(new ReadableStream({
              pull(to) { to.enqueue(new Uint8Array(1000)); },
            }));
            case "/timers":
              for (;;) { work(20_000); await new Promise((done) => setTimeout(done)); }
            case "/immediates":
              for (;;) { work(20_000); await new Promise((done) => setImmediate(done)); }
            case "/completions":
              for (;;) { work(20_000); await crypto.subtle.digest("SHA-256", new Uint8Array(1)); }
            case "/fetches":
              for (;;) { work(20_000); await fetch("http://nowhere.example/").catch(() => {}); }
            case "/light": work(1_000); return new Response("light");
            case "/never": return new Promise(() => {});
            case "/fetch": return new Response(await fetch("http://a.example/").catch((e) => String(e.cause ?? e)));
          }
          return new Response(String(seen));
        },
      };
      """;

  @TempDir Path folder;
  private @Nullable Worker worker;

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void aBodyThatIsAnnouncedAsTooLargeDoesNotReachTheProgram() throws Exception {
    load(options -> options.withRequestLimits(RequestLimits.NONE.withBodyBytes(10)));
    WorkerRequest large =
        new WorkerRequest(
            "POST",
            HOST + "/echo",
            List.of(new Header("Content-Length", "11")),
            RequestBody.of(new byte[11]),
            WorkerRequest.Connection.NONE);

    Collected.Outcome outcome = send(large).outcome();

    assertThat(outcome.failure()).startsWith("413 ");
    assertThat(outcome.limit()).isEqualTo("body");
    assertThat(send(get("/")).outcome().body()).isEqualTo("1");
  }

  @Test
  void aBodyThatTurnsOutTooLargeIsRefused() throws Exception {
    load(options -> options.withRequestLimits(RequestLimits.NONE.withBodyBytes(10)));

    Collected.Outcome outcome = send(post("/echo", new byte[11])).outcome();

    assertThat(outcome.failure()).startsWith("413 ");
    assertThat(send(post("/echo", "just right".getBytes(StandardCharsets.UTF_8))).outcome().body())
        .isEqualTo("just right");
  }

  @Test
  void aResponseThatIsTooLargeIsCutOff() throws Exception {
    load(options -> options.withRequestLimits(RequestLimits.NONE.withResponseBytes(4_000)));

    for (String path : new String[] {"/announced", "/streamed"}) {
      assertThat(send(get(path)).outcome().limit()).as(path).isEqualTo("response");
    }
    await(() -> running().status().requests() == 0);
  }

  @Test
  void aRequestThatTakesTooLongGetsA504() throws Exception {
    load(options -> options.withRequestLimits(RequestLimits.NONE.withWall(Duration.ofMillis(50))));

    Collected.Outcome outcome = send(get("/never")).outcome();

    assertThat(outcome.failure()).startsWith("504 ");
    assertThat(outcome.limit()).isEqualTo("wall-time");
    await(() -> running().status().requests() == 0);
  }

  @Test
  void aClientThatSendsTooSlowlyGetsA408() throws Exception {
    load(options -> options.withRequestLimits(slow()));

    Collected.Outcome outcome = send(new HeldBody().post(HOST + "/echo")).outcome();

    assertThat(outcome.failure()).startsWith("408 ");
    assertThat(outcome.limit()).isEqualTo("rate");
  }

  @Test
  void aClientThatTakesTooSlowlyIsCutOff() throws Exception {
    load(options -> options.withRequestLimits(slow()));

    Collected answer = Collected.thatTakesNothing();
    running().handler().handle(get("/announced"), answer);

    assertThat(answer.outcome().limit()).isEqualTo("rate");
    await(() -> running().status().requests() == 0);
  }

  @Test
  void whatNobodyTookDoesNotCountWhenItsClientHasGone() throws Exception {
    load(options -> options.withExchangeLimits(new Exchanges.Limits(100, 20_000)));

    for (int i = 0; i < 10; i++) {
      Collected answer = Collected.thatTakesNothing();
      RequestHandler.Ticket ticket = running().handler().handle(get("/announced"), answer);
      answer.awaitBytes();
      ticket.clientGone();
      await(() -> running().status().requests() == 0);
    }

    assertThat(send(get("/")).outcome().body()).isEqualTo("11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/timers", "/immediates", "/completions", "/fetches"})
  void processorTimeIsCountedOverAllTurnsOfARequest(String path) throws Exception {
    load(
        options ->
            options.withTurnLimits(
                new TurnLimits(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofMillis(500)),
                    Optional.empty())));
    for (int i = 0; i < 30; i++) {
      assertThat(send(get("/light")).outcome().body()).isEqualTo("light");
    }

    Collected.Outcome outcome = send(get(path)).outcome();

    assertThat(outcome.limit()).isEqualTo("cpu-time");
    assertThat(outcome.failure())
        .isEqualTo("503 The request used more processor time than its limit of 500 ms.");
  }

  @Test
  void moreOutgoingRequestsThanAllowedAreRefused() throws Exception {
    load(options -> options.withOutgoing(0));

    assertThat(send(get("/fetch")).outcome().body())
        .contains("More than 0 outgoing requests are open at once.");
  }

  private static RequestLimits slow() {
    return RequestLimits.NONE.withRate(1_000_000, Duration.ofMillis(50));
  }

  private void load(UnaryOperator<WorkerOptions> changes) throws Exception {
    Path file = folder.resolve("main.js");
    Files.writeString(file, PROGRAM);
    worker = Worker.load(file, changes.apply(WorkerOptions.DEFAULT));
  }

  private Worker running() {
    return Objects.requireNonNull(worker);
  }

  private static WorkerRequest get(String path) {
    return WorkerRequest.get(HOST + path);
  }

  private static WorkerRequest post(String path, byte[] body) {
    return WorkerRequest.post(HOST + path, "text/plain", body);
  }

  private Collected send(WorkerRequest request) {
    Collected answer = new Collected();
    running().handler().handle(request, answer);
    return answer;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }
}
