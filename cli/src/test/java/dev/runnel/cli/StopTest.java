package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.Engine;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a process ends, on each engine that is there. */
class StopTest {
  private static final String PROGRAMS = "src/test/resources/programs/";

  static Stream<String> engines() {
    return ServiceLoader.load(Engine.class).stream().map(engine -> engine.get().name());
  }

  static Stream<Arguments> enginesAndSignals() {
    return engines()
        .flatMap(
            engine ->
                Stream.of(Arguments.of(engine, "TERM", 143), Arguments.of(engine, "INT", 130)));
  }

  @ParameterizedTest
  @MethodSource("enginesAndSignals")
  void aSignalEndsAProgramThatIsBusy(String engine, String signal, int exitCode) throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "--engine", engine, PROGRAMS + "busy.js")) {
      child.outLineWith("ready");

      child.signal(signal);

      Outcome outcome = child.outcome();
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aProgramEndsWithItsOwnStatus(String engine) throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "--engine", engine, PROGRAMS + "exits.js")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    }
  }
}
