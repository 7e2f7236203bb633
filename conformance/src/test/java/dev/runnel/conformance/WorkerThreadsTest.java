package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** What only a sandbox keeps in its bounds. */
class WorkerThreadsTest {
  private static final int SECONDS = 60;

  @Test
  void aWorkerThatTakesTooMuchMemoryEndsAndItsProgramGoesOn() throws Exception {
    assumeTrue(Project.ENGINE.equals("quickjs"), "Only a sandbox limits memory at once.");
    ProgramRun run =
        ProgramRun.of(Project.PROGRAMS.resolve("hoarding-worker.mjs"), Project.OPTIONS, SECONDS);

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            ERR_WORKER_OUT_OF_MEMORY Worker terminated due to reaching memory limit: JS heap out of memory
            exit 1
            """);
    assertThat(run.exit()).isZero();
  }
}
