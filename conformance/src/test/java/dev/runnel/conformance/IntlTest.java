package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.conformance.IntlTable.Difference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code Intl} and the locale-sensitive methods in ten locales and five time zones, against what
 * Node answers ({@code conformance/intl/golden}); {@code differences.txt} names what differs.
 * Prints a table.
 */
class IntlTest {
  private static final Path FOLDER = Project.CONFORMANCE.resolve("intl");
  private static final int SECONDS = 240;

  private static final List<Difference> DIFFERENCES = differences();
  private static final IntlTable TABLE = new IntlTable(DIFFERENCES);

  @AfterAll
  static void print() {
    TABLE.print();
  }

  @ParameterizedTest
  @ValueSource(strings = {"numbers", "dates", "texts"})
  void rowsAreNodesButForTheDifferencesWithAReason(String table) throws InterruptedException {
    Map<String, String> golden = rows(Project.read(FOLDER.resolve("golden/" + table + ".txt")));
    Map<String, String> ours = rows(output(table));

    assertThat(ours.keySet()).isEqualTo(golden.keySet());
    golden.forEach((key, row) -> TABLE.add(key, row.equals(ours.get(key))));
    Set<String> differing =
        golden.keySet().stream()
            .filter(key -> !Objects.equals(golden.get(key), ours.get(key)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(differing)
        .as("rows that differ from Node's without a reason")
        .allMatch(key -> DIFFERENCES.stream().anyMatch(difference -> difference.covers(key)));
    assertThat(
            DIFFERENCES.stream()
                .filter(difference -> golden.keySet().stream().anyMatch(difference::covers)))
        .as("differences that are none any more")
        .allMatch(difference -> differing.stream().anyMatch(difference::covers));
  }

  private static String output(String table) throws InterruptedException {
    ProgramRun run = ProgramRun.of(FOLDER.resolve(table + ".mjs"), Project.OPTIONS, SECONDS);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).as("exit code").isZero();
    return run.out();
  }

  /** Of the engine under test. */
  private static List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    StringJoiner reason = new StringJoiner(" ");
    for (String line : Project.read(FOLDER.resolve("differences.txt")).lines().toList()) {
      if (line.startsWith("# ")) {
        reason.add(line.substring(2));
      } else if (line.isBlank()) {
        reason = new StringJoiner(" ");
      } else {
        String[] words = line.split(" ", 2);
        differences.add(new Difference(words[0], words[1], reason.toString()));
      }
    }
    differences.removeIf(difference -> !difference.engine().equals(Project.ENGINE));
    return differences;
  }

  private static Map<String, String> rows(String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> rows = new LinkedHashMap<>();
    lines.forEach(line -> rows.put(line.split("\t", 2)[0], line));
    assertThat(rows).as("keys are unique").hasSameSizeAs(lines);
    return rows;
  }
}
