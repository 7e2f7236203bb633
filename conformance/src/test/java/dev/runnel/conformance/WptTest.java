package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.conformance.WptFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Web Platform Tests: of each file, no fewer subtests pass than {@code conformance/wpt/passes.txt}
 * says; prints a table of ours beside Node's. {@code -Dwpt.only=REGEX} runs the files in whose path
 * that is found, {@code -Dwpt.write=true} writes the list anew. What did not pass is in {@code
 * target/wpt-failures-ENGINE.txt}.
 *
 * <p>Needs a checkout in {@code $SUITES/wpt/root}.
 */
@Tag("long")
@EnabledIf(
    value = "dev.runnel.conformance.WptTest#isThere",
    disabledReason = "$SUITES holds no wpt/root")
class WptTest {
  static final Path PASSES = Project.CONFORMANCE.resolve("wpt/passes.txt");
  private static final String HEADING =
      "# How many subtests of each file of the Web Platform Tests pass, of those it reports.";

  static boolean isThere() {
    return WptFile.suite().isPresent();
  }

  @Test
  void whatHasPassedPassesStill() throws Exception {
    WptTable table = runAll(Pattern.compile(System.getProperty("wpt.only", "")));
    SortedMap<String, Outcome> outcomes = table.ours();
    noteFailures(outcomes);
    table.print();

    if (Boolean.getBoolean("wpt.write")) {
      write(outcomes);
    }
    Map<String, Integer> expected = passes();
    assertThat(
            outcomes.entrySet().stream()
                .filter(
                    run -> run.getValue().passed().size() < expected.getOrDefault(run.getKey(), 0))
                .map(run -> run.getKey() + " " + run.getValue().complaints())
                .toList())
        .as("files of which fewer subtests pass than before")
        .isEmpty();
  }

  private static WptTable runAll(Pattern only) throws Exception {
    WptTable table = new WptTable();
    for (String folder : WptArea.allFolders()) {
      for (WptFile file : WptFile.in(WptFile.suite().orElseThrow(), folder)) {
        if (only.matcher(file.name()).find()) {
          table.run(file);
        }
      }
    }
    return table;
  }

  /** By file. */
  private static Map<String, Integer> passes() throws IOException {
    Map<String, Integer> passes = new HashMap<>();
    lines().forEach((file, line) -> passes.put(file, Integer.valueOf(line.strip().split(" ")[0])));
    return passes;
  }

  /** The lines of the list, such as {@code 3 of 4 url/url-origin.any.js}, by file. */
  private static SortedMap<String, String> lines() throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    for (String line : Files.readAllLines(PASSES)) {
      if (!line.startsWith("#")) {
        lines.put(line.strip().split(" +", 4)[3], line);
      }
    }
    return lines;
  }

  /** Files that were not run keep their lines. The second engine to be run lowers numbers only. */
  private static void write(SortedMap<String, Outcome> outcomes) throws IOException {
    SortedMap<String, String> lines = lines();
    Map<String, Integer> before = Project.ENGINE.equals("quickjs") ? Map.of() : passes();
    outcomes.forEach(
        (file, outcome) -> {
          int passed = outcome.passed().size();
          int lower = Math.min(passed, before.getOrDefault(file, passed));
          if (lower > 0 || !file.contains(".window.js")) { // Else it needs a document.
            lines.put(file, "%5d of %5d %s".formatted(lower, outcome.total(), file));
          }
        });
    List<String> text = new ArrayList<>(List.of(HEADING));
    text.addAll(lines.values());
    Files.write(PASSES, text);
  }

  private static void noteFailures(SortedMap<String, Outcome> outcomes) throws IOException {
    List<String> failures = new ArrayList<>();
    outcomes.forEach(
        (file, outcome) ->
            outcome.complaints().forEach(complaint -> failures.add(file + ": " + complaint)));
    Files.write(Path.of("target", "wpt-failures-%s.txt".formatted(Project.ENGINE)), failures);
  }
}
