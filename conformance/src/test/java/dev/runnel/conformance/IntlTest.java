package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code Intl} and the locale-sensitive methods in ten locales and five time zones, against what
 * Node answers ({@code conformance/intl/golden}); {@code differences.txt} names what differs.
 */
class IntlTest {
  private static final Path FOLDER = Project.CONFORMANCE.resolve("intl");
  private static final int SECONDS = 240;

  /**
   * A line of {@code differences.txt}.
   *
   * @param key of a row, with * for any text
   */
  private record Difference(String engine, String key) {
    static Difference parse(String line) {
      String[] words = line.split(" ", 2);
      return new Difference(words[0], words[1]);
    }

    boolean covers(String row) {
      String[] pieces = key.split("\\*", -1);
      int at = pieces[0].length();
      if (!row.startsWith(pieces[0])) {
        return false;
      }
      for (int i = 1; i < pieces.length; i++) {
        boolean isLast = i == pieces.length - 1;
        int found = isLast ? row.length() - pieces[i].length() : row.indexOf(pieces[i], at);
        if (found < at || !row.startsWith(pieces[i], found)) {
          return false;
        }
        at = found + pieces[i].length();
      }
      return at == row.length();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"numbers", "dates", "texts"})
  void rowsAreNodesButForTheDifferencesWithAReason(String table) throws InterruptedException {
    Map<String, String> golden = rows(Project.read(FOLDER.resolve("golden/" + table + ".txt")));
    Map<String, String> ours = rows(output(table));

    assertThat(ours.keySet()).isEqualTo(golden.keySet());
    Set<String> differing =
        golden.keySet().stream()
            .filter(key -> !Objects.equals(golden.get(key), ours.get(key)))
            .collect(Collectors.toCollection(TreeSet::new));
    System.out.printf(
        "Intl %s on %s: %d of %d rows as Node's%n",
        table, Project.ENGINE, golden.size() - differing.size(), golden.size());
    assertThat(differing)
        .as("rows that differ from Node's without a reason")
        .allMatch(key -> differences().anyMatch(difference -> difference.covers(key)));
    assertThat(
            differences()
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

  private static Stream<Difference> differences() {
    return Project.read(FOLDER.resolve("differences.txt"))
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Difference::parse)
        .filter(difference -> difference.engine().equals(Project.ENGINE));
  }

  private static Map<String, String> rows(String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> rows = new LinkedHashMap<>();
    lines.forEach(line -> rows.put(line.split("\t", 2)[0], line));
    assertThat(rows).as("keys are unique").hasSameSizeAs(lines);
    return rows;
  }
}
