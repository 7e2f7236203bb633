package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * React's server rendering: for the same bundle, every chunk, every callback and their order are
 * Node's. {@code ./dev golden} writes what Node does.
 */
class ReactTest {
  private static final int SECONDS = 60;
  private static final Path BUNDLES = Project.CONFORMANCE.resolve("target/react");
  private static final Path GOLDEN = Project.CONFORMANCE.resolve("react/golden");

  @TestFactory
  Stream<DynamicTest> react18() {
    return cases(18);
  }

  @TestFactory
  Stream<DynamicTest> react19() {
    return cases(19);
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 19})
  void everyCaseHasAGoldenAndEveryGoldenACase(int major) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(String.valueOf(major)))) {
      var golden =
          files
              .map(file -> file.getFileName().toString().replace(".out", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(golden).containsExactlyInAnyOrderElementsOf(names(major));
    }
  }

  private static Stream<DynamicTest> cases(int major) {
    return names(major).stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> check(major, name)));
  }

  private static List<String> names(int major) {
    return Project.read(BUNDLES.resolve("react" + major + ".txt")).lines().toList();
  }

  private static void check(int major, String name) throws InterruptedException {
    ProgramRun run =
        ProgramRun.of(
            BUNDLES.resolve("react" + major + ".mjs"),
            Project.OPTIONS.withArguments(List.of(name)),
            SECONDS);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(Project.read(GOLDEN.resolve(major + "/" + name + ".out")));
    assertThat(run.exit()).isZero();
  }
}
