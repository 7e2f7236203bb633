package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerTest {
  private static final String PROGRAMS = "src/test/resources/programs/";

  @ParameterizedTest
  @ValueSource(strings = {"quickjs", "v8"})
  void theHandlerSeesScheduleAndTimeAndIsWaitedFor(String engine) throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel(
            "trigger",
            "--engine",
            engine,
            PROGRAMS + "scheduled.js",
            "--cron",
            "0 12 * * MON",
            "--time",
            "2026-02-02T12:00:00Z",
            "--env",
            "NAME=fine")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err()).doesNotContain("Uncaught", "runnel:");
      assertThat(outcome.out())
          .isEqualTo("scheduled 0 12 * * MON 2026-02-02T12:00:00.000Z fine\nlater\n");
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void aListenerOfAServiceWorkerIsCalled() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel(
            "trigger", "--time", "1970-01-01T00:01:00Z", PROGRAMS + "scheduled-listener.js")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.out()).isEqualTo("scheduled * * * * * 60000\nlater\n");
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void aListenerThatThrowsHasFailed() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("trigger", "--cron", "1 1 1 1 *", PROGRAMS + "scheduled-listener.js")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err()).contains("not in January");
      assertThat(outcome.out()).endsWith("later\n");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"throws, Error: not today", "rejects, Error: not later"})
  void aFailureIsShownAndIsTheExitCode(String name, String error) throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("trigger", PROGRAMS + "scheduled.js", "--env", "NAME=" + name)) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err()).contains(error).contains("scheduled.js:");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aProgramWithoutAHandlerIsOneSentence() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("trigger", PROGRAMS + "worker.js")) {
      assertThat(child.outcome().err())
          .isEqualTo("runnel: " + PROGRAMS + "worker.js has no scheduled handler.\n");
    }
    try (ChildJvm child = ChildJvm.runnel("run", "--cron", "* * * * *", PROGRAMS + "worker.js")) {
      assertThat(child.outcome().err()).contains("There is a --cron, and").contains("no scheduled");
    }
    try (ChildJvm child = ChildJvm.runnel("run", PROGRAMS + "scheduled.js")) {
      assertThat(child.outcome().err())
          .contains("handles scheduled events only")
          .contains("--cron");
    }
  }
}
