package dev.runnel.conformance.test262;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.Engine;
import dev.runnel.engine.JitOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * test262 through the translated engine: what fails is what QuickJS-ng says fails, and what {@code
 * named-failures.txt} names with a reason. {@code -Dtest262.sample=N} runs N tests spread over the
 * suite, {@code -Dtest262.only=TEXT} those whose path contains the text.
 *
 * <p>Needs checkouts of {@code test262} and {@code quickjs-ng} in the folder {@code $SUITES}.
 */
@Tag("long")
@EnabledIf(
    value = "dev.runnel.conformance.test262.Suite#isThere",
    disabledReason = "$SUITES holds no test262 and quickjs-ng")
class Test262Test {
  private static final int MOST_NAMED_FAILURES = 20;
  private static final int COMPARED_WITH_UNSPLIT = 300;

  @Test
  void whatFailsIsWhatQuickJsListsAndWhatWeName() throws Exception {
    assertExpected(JitOptions.OFF);
  }

  @Test
  void whatFailsIsTheSameWithEveryFunctionCompiledAtItsFirstCall() throws Exception {
    assertExpected(JitOptions.ON.withThreshold(1));
  }

  private static void assertExpected(JitOptions jit) throws Exception {
    Suite suite = Suite.open();
    List<String> all = suite.paths(System.getProperty("test262.only", ""));
    List<String> paths = Suite.sample(all, Integer.getInteger("test262.sample", all.size()));

    long start = System.nanoTime();
    Map<String, Outcome> outcomes = suite.run(Engine.named("quickjs"), jit, paths);
    report(jit, outcomes, Duration.ofNanos(System.nanoTime() - start));

    Set<String> named = named();
    assertThat(named).hasSizeLessThanOrEqualTo(MOST_NAMED_FAILURES);
    assertThat(of(Outcome.Lost.class, outcomes)).as("crashes that nobody can report").isEmpty();
    Set<String> unexpected = of(Outcome.Failed.class, outcomes);
    unexpected.addAll(of(Outcome.Ended.class, outcomes));
    unexpected.removeAll(suite.expected().knownFailures());
    unexpected.removeAll(named);
    assertThat(unexpected).as("failures nobody named").isEmpty();
  }

  @Test
  void splitAndUnsplitCodeGiveTheSameOutcomes() throws Exception {
    Suite suite = Suite.open();
    List<String> paths = Suite.sample(suite.paths(""), COMPARED_WITH_UNSPLIT);

    Map<String, Outcome> split = suite.run(Engine.named("quickjs"), JitOptions.OFF, paths);
    Map<String, Outcome> unsplit = suite.run(UnsplitEngine.make(), JitOptions.OFF, paths);

    assertThat(unsplit).isEqualTo(split);
  }

  private static Set<String> of(Class<? extends Outcome> kind, Map<String, Outcome> outcomes) {
    return outcomes.entrySet().stream()
        .filter(entry -> kind.isInstance(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named() throws IOException {
    try (InputStream list = Test262Test.class.getResourceAsStream("named-failures.txt")) {
      return new String(requireNonNull(list).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 2)[0])
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void report(JitOptions jit, Map<String, Outcome> outcomes, Duration duration)
      throws IOException {
    String name = jit.isOn() ? "test262 compiled" : "test262";
    Map<String, Integer> counts = new TreeMap<>();
    StringBuilder failures = new StringBuilder();
    outcomes.forEach(
        (path, outcome) -> {
          counts.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
          if (!(outcome instanceof Outcome.Passed) && !(outcome instanceof Outcome.Skipped)) {
            failures.append(path).append(": ").append(outcome).append('\n');
          }
        });
    Files.writeString(Path.of("target", name.replace(' ', '-') + "-failures.txt"), failures);
    System.out.printf(
        "%s: %s of %d in %d s%n", name, counts, outcomes.size(), duration.toSeconds());
  }
}
