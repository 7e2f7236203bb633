package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.Limits;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.worker.PoolOptions.Admission;
import dev.runnel.runtime.worker.PoolOptions.Isolation;
import dev.runnel.runtime.worker.PoolOptions.Scaling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which isolate answers, and what becomes of the others. */
@Timeout(120)
class IsolatePoolTest {
  private static final String HOST = "http://app.example";

  /** Says which isolate it is, and how many requests that one has had. */
  private static final String PROGRAM =
      """
      let me, seen = 0;
      const kept = [];
      export default {
        async fetch(request) {
          me ??= crypto.randomUUID();
          seen++;
          switch (new URL(request.url).pathname) {
            case "/hold": await request.text(); break;
            case "/exhaust": for (;;) kept.push(new Uint8Array(1 << 20));
            case "/keep": kept.push(new Uint8Array(1 << 16).fill(7)); break;
            case "/busy": for (const end = Date.now() + 40; Date.now() < end; ); break;
          }
          return new Response(me + " " + seen);
        },
      };
      """;

  @TempDir Path folder;
  private PoolOptions pool = PoolOptions.DEFAULT;
  private @Nullable Worker worker;

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void aRequestGoesToTheIsolateThatHasTheFewest() throws Exception {
    load(pool.withScaling(Scaling.fixed(2)));
    HeldBody held = new HeldBody();
    Collected first = send(held.post(HOST + "/hold"));
    held.awaitReading();

    Set<String> others = isolatesOf(answers("/", 5));
    held.release();

    assertThat(others).hasSize(1).doesNotContain(isolateOf(first));
  }

  @Test
  void aLostIsolateIsReplacedAndTheOthersNoticeNothing() throws Exception {
    load(pool.withScaling(Scaling.fixed(2)));
    HeldBody held = new HeldBody();
    Collected other = send(held.post(HOST + "/hold"));
    held.awaitReading();

    Collected lost = send(get("/exhaust"));

    assertThat(lost.outcome().limit()).isEqualTo("memory");
    await(() -> running().status().serving() == 2);
    held.release();
    assertThat(other.outcome().failure()).isEmpty();
  }

  @Test
  void requestsThatALostIsolateHadNotBegunWithGoToAnother() throws Exception {
    load(pool);
    Collected lost = send(get("/exhaust"));
    List<Collected> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(send(get("/")));
    }

    assertThat(lost.outcome().limit()).isEqualTo("memory");
    for (Collected other : others) {
      assertThat(other.outcome().failure()).isEmpty();
    }
    await(() -> running().status().requests() == 0);
  }

  @Test
  void whoComesWhileTheOnlyIsolateStartsAgainWaitsForIt() throws Exception {
    load(pool);
    assertThat(send(get("/exhaust")).outcome().limit()).isEqualTo("memory");

    assertThat(send(get("/")).outcome().body()).endsWith(" 1");
  }

  @Test
  void aSpareTakesTheLostOnesPlaceAtOnce() throws Exception {
    load(pool.withScaling(Scaling.fixed(1).withSpares(1)));
    assertThat(isolatesOf(answers("/", 3))).as("only one of both serves").hasSize(1);
    await(() -> running().status().serving() == 2);

    assertThat(send(get("/exhaust")).outcome().limit()).isEqualTo("memory");
    assertThat(running().status().serving()).isEqualTo(1);
    assertThat(send(get("/")).outcome().body()).endsWith(" 1");
  }

  @Test
  void moreRequestsThanMayBeInFlightWaitAndMoreThanMayWaitAreRefused() throws Exception {
    load(pool.withAdmission(new Admission(1, 1, Duration.ofMinutes(1))));
    HeldBody held = new HeldBody();
    Collected first = send(held.post(HOST + "/hold"));
    held.awaitReading();

    Collected second = send(get("/"));
    Collected third = send(get("/"));

    assertThat(third.outcome().limit()).isEqualTo("queue");
    assertThat(third.outcome().failure()).startsWith("503 ");
    assertThat(second.isOver()).isFalse();
    held.release();
    assertThat(first.outcome().body()).endsWith(" 1");
    assertThat(second.outcome().body()).endsWith(" 2");
    await(() -> running().status().requests() == 0);
  }

  @Test
  void whoHasWaitedTooLongIsRefused() throws Exception {
    load(pool.withAdmission(new Admission(1, 1, Duration.ofMillis(50))));
    HeldBody held = new HeldBody();
    var _ = send(held.post(HOST + "/hold"));
    held.awaitReading();

    assertThat(send(get("/")).outcome().limit()).isEqualTo("queue-wait");
    assertThat(running().status().waiting()).isZero();
    held.release();
  }

  @Test
  void aClientThatLeavesWhileItWaitsIsForgotten() throws Exception {
    load(pool.withAdmission(new Admission(1, 1, Duration.ofMinutes(1))));
    HeldBody held = new HeldBody();
    var _ = send(held.post(HOST + "/hold"));
    held.awaitReading();

    running().handler().handle(get("/"), new Collected()).clientGone();
    Collected next = send(get("/"));
    held.release();

    assertThat(next.outcome().body()).as("the program never saw the other").endsWith(" 2");
  }

  @Test
  void moreIsolatesComeWhenRequestsWaitAndGoWhenNoneDoes() throws Exception {
    var scaling = Scaling.between(1, 3).withTimes(Duration.ofMillis(5), Duration.ofMillis(200));
    load(pool.withScaling(scaling));

    List<Collected> sent = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      sent.add(send(get("/busy")));
    }
    await(() -> running().status().serving() > 1 || sent.stream().allMatch(Collected::isOver));
    assertThat(running().status().isolates()).isBetween(2, 3);
    assertThat(sent).allSatisfy(one -> assertThat(one.outcome().failure()).isEmpty());
    await(() -> running().status().isolates() == 1);
    assertThat(send(get("/")).outcome().failure()).isEmpty();
  }

  @Test
  void anIsolateThatIsTooFullIsReplacedWithoutARequestLost() throws Exception {
    load(pool.withMemoryPercent(50));

    Set<String> isolates = new HashSet<>();
    await(
        () -> {
          Collected.Outcome outcome = send(get("/keep")).outcome();
          assertThat(outcome.failure()).isEmpty();
          isolates.add(outcome.body().split(" ")[0]);
          pause();
          return isolates.size() > 2;
        });
  }

  @Test
  void withAnIsolateForEachRequestNothingOfOneReachesTheNext() throws Exception {
    load(
        pool.withIsolation(Isolation.REQUEST)
            .withAdmission(new Admission(100, 100, Duration.ofMinutes(1)))
            .withScaling(new Scaling(2, 4, 0, Duration.ofMillis(20), Duration.ofSeconds(60))));

    List<Collected> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add(send(get("/")));
    }

    assertThat(sent).allSatisfy(one -> assertThat(one.outcome().body()).endsWith(" 1"));
    assertThat(isolatesOf(sent)).hasSize(40);
    assertThat(send(get("/exhaust")).outcome().limit()).isEqualTo("memory");
    assertThat(send(get("/")).outcome().body()).endsWith(" 1");
    await(() -> running().status().isolates() <= 3);
  }

  @Test
  void aReloadedProgramTakesOverAndWhatWasInFlightEndsWhereItBegan() throws Exception {
    load(pool.withScaling(Scaling.fixed(2)));
    HeldBody held = new HeldBody();
    Collected old = send(held.post(HOST + "/hold"));
    held.awaitReading();

    write("export default { fetch: () => new Response('changed') };");
    running().reload();

    assertThat(send(get("/")).outcome().body()).isEqualTo("changed");
    held.release();
    assertThat(old.outcome().body()).endsWith(" 1");
  }

  @Test
  void aProgramThatCantBeReloadedGoesOnAsItWas() throws Exception {
    load(pool);
    String before = isolateOf(send(get("/")));

    write("export default { fetch: ");

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> running().reload())
        .withMessageStartingWith("SyntaxError");
    assertThat(isolateOf(send(get("/")))).isEqualTo(before);
  }

  @Test
  void noRequestIsLostWhileAProgramIsReloadedAgainAndAgain() throws Exception {
    load(pool.withScaling(Scaling.fixed(2)));
    List<Collected.Outcome> outcomes = new ArrayList<>();
    var asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.interrupted()) {
                    outcomes.add(send(get("/")).outcome());
                  }
                });

    for (int i = 0; i < 10; i++) {
      running().reload();
    }
    asking.interrupt();
    asking.join();

    assertThat(outcomes).isNotEmpty().allSatisfy(one -> assertThat(one.failure()).isEmpty());
    await(() -> running().status().isolates() == 2);
  }

  private void load(PoolOptions options) throws Exception {
    write(PROGRAM);
    worker =
        Worker.load(
            folder.resolve("main.js"),
            WorkerOptions.DEFAULT
                .withPool(options)
                .withLimits(Limits.DEFAULT.withMemory(16L << 20)));
  }

  private void write(String program) throws Exception {
    Files.writeString(folder.resolve("main.js"), program);
  }

  private Worker running() {
    return Objects.requireNonNull(worker);
  }

  private static WorkerRequest get(String path) {
    return WorkerRequest.get(HOST + path);
  }

  private Collected send(WorkerRequest request) {
    Collected answer = new Collected();
    running().handler().handle(request, answer);
    return answer;
  }

  private List<Collected> answers(String path, int count) {
    List<Collected> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int open = running().status().requests();
      Collected answer = send(get(path));
      var _ = answer.outcome();
      answers.add(answer);
      await(() -> running().status().requests() == open);
    }
    return answers;
  }

  private static Set<String> isolatesOf(List<Collected> answers) {
    Set<String> isolates = new HashSet<>();
    answers.forEach(answer -> isolates.add(isolateOf(answer)));
    return isolates;
  }

  private static String isolateOf(Collected answer) {
    return answer.outcome().body().split(" ")[0];
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The test took too long.", e);
    }
  }
}
