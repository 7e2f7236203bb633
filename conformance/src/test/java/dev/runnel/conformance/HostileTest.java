package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.engine.Engine;
import dev.runnel.engine.Limits;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that do their worst, beside one that behaves, on the same server. Each hostile request
 * is answered with an error or a reset, and no request of the good program is lost meanwhile.
 */
class HostileTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static Served good;

  private GoodClient client;

  @BeforeAll
  static void startGoodProgram() throws Exception {
    good = Served.start(Project.PROGRAMS.resolve("good.mjs"), NETWORK);
  }

  @AfterAll
  static void closePorts() throws Exception {
    good.close();
    NETWORK.close();
  }

  @BeforeEach
  void startGoodClient() {
    client = new GoodClient(good);
  }

  @AfterEach
  void noRequestOfTheGoodProgramIsLost() throws InterruptedException {
    client.stop();
    assertThat(client.losses()).isEmpty();
    assertThat(client.answers()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "never-ends.mjs,503,cpu-time",
    "compresses-for-ever.mjs,503,cpu-time",
    "never-ends-in-a-pattern.mjs,503,cpu-time",
    "never-ends-in-microtasks.mjs,503,cpu-time",
    "recurses-for-ever.mjs,500,RangeError",
    "allocates-for-ever.mjs,503,memory",
    "allocates-strings-for-ever.mjs,503,memory",
    "rejects-unhandled.mjs,500,the handler fails",
    "throws-in-a-timer.mjs,200,thrown in a timer",
    "writes-after-end.mjs,200,ERR_STREAM_WRITE_AFTER_END",
    "destroys-its-response.mjs,reset,",
    "breaks-its-stream.mjs,reset,half is enough",
    "breaks-its-stream-at-once.mjs,500,half is enough",
    "gives-no-response.mjs,500,TypeError",
    "logs-a-circle.mjs,500,TypeError",
    "bad-header.mjs,500,Invalid character in header content",
  })
  void aHostileRequestEndsAndIsReported(String program, String outcome, String complaint)
      throws Exception {
    endsAndIsReported(program, outcome, complaint);
  }

  @Test
  void aLoopInsideOfABuiltInEndsToo() throws Exception {
    assumeTrue(
        Engine.named(Project.ENGINE).capabilities().contains(Engine.Capability.SANDBOX),
        "docs/engines.md: nothing stops these on an engine without a sandbox.");

    endsAndIsReported("never-ends-in-native-code.mjs", "503", "cpu-time");
  }

  private static void endsAndIsReported(String program, String outcome, String complaint)
      throws Exception {
    String expected = Optional.ofNullable(complaint).orElse("");
    Complaints complaints = new Complaints();
    try (Served hostile = serve(program, complaints)) {
      assertThat(outcomeOf(hostile)).isEqualTo(outcome);
      // A client can have its answer before the log has its line.
      assertThat(complaints.await(expected, PATIENCE)).contains(expected);
      assertThat(outcomeOf(hostile)).as("a second request").isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({"passes-a-huge-string.mjs", "answers-with-a-huge-string.mjs", "exits.mjs"})
  void whateverComesOfItTheServerGoesOn(String program) throws Exception {
    try (Served hostile = serve(program, new Complaints())) {
      assertThat(outcomeOf(hostile)).isIn("500", "503", "reset");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "is-not-there.mjs|There is no file|is-not-there.mjs",
        "not-javascript.mjs|SyntaxError|not-javascript.mjs:1",
        "throws.mjs|RangeError: no config today|throws.mjs:2",
        "imports-nothing.mjs|is-not-there.mjs|imports-nothing.mjs:1:19",
        "imports-no-package.mjs|no-such-package|imports-no-package.mjs:1:21",
        "imports-no-such-name.mjs|nothing|imports-no-such-name.mjs:1:10",
        "imports-host.mjs|host:isolate|imports-host.mjs:1:8",
        "never-ends.mjs|processor|",
        "recurses.mjs|RangeError|recurses.mjs:1",
        "allocates.mjs|memory|",
        "rejects.mjs|TypeError: rejected at the top|rejects.mjs:1",
      })
  void aProgramThatCannotStartSaysWhyAndWhere(String program, String sentence, String place) {
    var file = Project.PROGRAMS.resolve("hostile/start").resolve(program);
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> Worker.load(file, limited(new Complaints())).close())
        .withMessageContaining(sentence)
        .withMessageContaining(Optional.ofNullable(place).orElse(""));
  }

  @Test
  void aHundredClientsThatLeaveInTheMiddleCostNobodyElseAnything() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (RawConnection leaving = new RawConnection(good.address())) {
        leaving.get("/?name=leaving");
      }
    }
    assertThat(good.get("/?name=still")).endsWith("Hello, still");
  }

  private static Served serve(String program, Complaints complaints) throws Exception {
    return Served.start(
        Project.PROGRAMS.resolve("hostile").resolve(program), NETWORK, limited(complaints));
  }

  private static WorkerOptions limited(Complaints complaints) {
    return Project.OPTIONS
        .withLimits(Limits.DEFAULT.withMemory(64L << 20))
        .withTurnLimits(new TurnLimits(Optional.of(Duration.ofSeconds(1)), Optional.empty()))
        .withOutput(complaints.output())
        .withObserver(complaints);
  }

  /** The status, or {@code reset} when the answer breaks off. */
  private static String outcomeOf(Served hostile) throws Exception {
    try (RawConnection connection = new RawConnection(hostile.address())) {
      connection.get("/");
      String head = connection.readHead();
      connection.readBody(head);
      return head.split(" ")[1];
    } catch (IOException broken) {
      return "reset";
    }
  }
}
