package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.fetch.JettyFetcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every behaviour file, run in an isolate of its own in this process. */
class BehaviourTest {
  private static final int SECONDS = 60;
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final JettyFetcher FETCHER = new JettyFetcher(Egress.EVERYTHING);

  private static final TestBindings BOUND = new TestBindings();

  @AfterAll
  static void closePorts() throws Exception {
    BOUND.close();
    NETWORK.close();
    FETCHER.close();
  }

  @TestFactory
  Stream<DynamicTest> behaviours() {
    return Behaviour.all().stream()
        .map(
            behaviour ->
                DynamicTest.dynamicTest(
                    behaviour.name(), behaviour.program().toUri(), () -> check(behaviour)));
  }

  @Test
  void everyProgramHasAnExpectationAndEveryExpectationAProgram() {
    assertThat(Behaviour.disorder()).isEmpty();
  }

  private static void check(Behaviour behaviour) throws InterruptedException {
    ProgramRun run = ProgramRun.of(behaviour.program(), options(behaviour), SECONDS);
    behaviour
        .expectedOut()
        .ifPresent(out -> assertThat(run.out()).as("output; errors: " + run.err()).isEqualTo(out));
    behaviour
        .expectedErr()
        .ifPresentOrElse(
            texts -> assertThat(run.err()).containsSubsequence(texts.lines().toList()),
            () -> {
              assertThat(run.err()).isEmpty();
              assertThat(run.exit()).as("exit code").isZero();
            });
  }

  /** A program may read its own folder, listen, and fetch. */
  private static WorkerOptions options(Behaviour behaviour) {
    Path folder = behaviour.folder();
    return Project.OPTIONS
        .withBindings(behaviour.name().startsWith("workers/") ? BOUND.bindings() : Bindings.NONE)
        .withDirectories(List.of(new DirectoryGrant(folder.toString(), folder)))
        .withEnvironment(Map.of("GREETING", "hello"))
        .withNetwork(NETWORK)
        .withFetcher(FETCHER)
        .withSockets(
            NetAccess.NONE
                .withEgress(Egress.EVERYTHING)
                .withListening(NetAccess.Listening.ALLOWED));
  }
}
