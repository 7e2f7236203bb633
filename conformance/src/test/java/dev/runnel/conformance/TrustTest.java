package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.engine.Engine;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerOptions;
import org.junit.jupiter.api.Test;

/** Which engines run a program that nobody vouches for. */
class TrustTest {
  private static final boolean SANDBOXED =
      Engine.named(Project.ENGINE).capabilities().contains(Engine.Capability.SANDBOX);

  @Test
  void programsAreNotTrustedUnlessSomebodySaysSo() {
    assertThat(WorkerOptions.DEFAULT.trust()).isEqualTo(Trust.NONE);
  }

  @Test
  void anEngineWithASandboxRunsAProgramThatIsNotTrusted() throws Exception {
    assumeTrue(SANDBOXED, "The engine has no sandbox.");

    try (Worker worker = load(Trust.NONE)) {
      assertThat(worker.answersFetch()).isTrue();
    }
  }

  @Test
  void anEngineWithoutASandboxRefusesAProgramThatIsNotTrusted() {
    assumeFalse(SANDBOXED, "The engine has a sandbox.");

    assertThatThrownBy(() -> load(Trust.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The engine \"%s\" has no sandbox, so it runs trusted programs only, and this one is not marked as trusted.",
            Project.ENGINE);
  }

  @Test
  void everyEngineRunsATrustedProgram() throws Exception {
    try (Worker worker = load(Trust.FULL)) {
      assertThat(worker.answersFetch()).isTrue();
    }
  }

  private static Worker load(Trust trust) throws Exception {
    return Worker.load(Project.PROGRAMS.resolve("good.mjs"), Project.OPTIONS.withTrust(trust));
  }
}
