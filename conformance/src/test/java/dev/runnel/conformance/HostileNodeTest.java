package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node programs that take sockets, ports, timers or time without end: each meets a named limit. */
class HostileNodeTest {
  private static final int SECONDS = 120;

  private static ProgramRun run(String program, WorkerOptions options) throws InterruptedException {
    return ProgramRun.of(
        Project.PROGRAMS.resolve("hostile/node").resolve(program), options, SECONDS);
  }

  private static NetAccess everything(int open) {
    return NetAccess.NONE
        .withEgress(Egress.EVERYTHING)
        .withListening(NetAccess.Listening.ALLOWED)
        .withOpen(open);
  }

  @Test
  void tenThousandSocketsAreMoreThanItsLimit() throws Exception {
    ProgramRun run =
        run("opens-sockets.mjs", Project.OPTIONS.withSockets(everything(NetAccess.NONE.open())));

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "EMFILE connect EMFILE 127.0.0.1:PORT"
                + " - too many open files: the limit of 1000 open sockets is reached true");
    assertThat(run.exit()).isZero();
  }

  @Test
  void tenThousandPortsAreMoreThanItsLimit() throws Exception {
    try (var network = new JettyNetwork()) {
      ProgramRun run =
          run("opens-ports.mjs", Project.OPTIONS.withNetwork(network).withSockets(everything(20)));

      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("EMFILE").contains("limit of 20 open ports"),
              line -> assertThat(line).isEqualTo("9980"));
    }
  }

  @Test
  void tenThousandWatchersAreMoreThanItsLimit() throws Exception {
    Path folder = Project.PROGRAMS.resolve("hostile/node");
    ProgramRun run =
        run(
            "watches-files.mjs",
            Project.OPTIONS
                .withFileWatchers(20)
                .withDirectories(List.of(new DirectoryGrant(folder.toString(), folder))));

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            "20 ENOSPC ENOSPC: the limit of 20 file watchers is reached, watch 'FOLDER'", "20");
    assertThat(run.exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "forks-timers.mjs,The program has more pending timers than its limit of 1000.",
    "forks-immediates.cjs,The program has more pending immediates than its limit of 1000.",
    "never-ends.cjs,processor time",
    "ticks-for-ever.cjs,processor time",
  })
  void whatNeverEndsIsEndedByItsLimit(String program, String sentence) throws Exception {
    ProgramRun run =
        run(
            program,
            Project.OPTIONS
                .withMaxTimers(1_000)
                .withTurnLimits(
                    new TurnLimits(Optional.of(Duration.ofSeconds(1)), Optional.empty())));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(sentence);
  }
}
