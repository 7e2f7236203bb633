package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.worker.WorkerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramLimitTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-z-]+)` \\| ([^ ]+) \\|");

  @ParameterizedTest
  @EnumSource(ProgramLimit.class)
  void eachChangesItselfAndNothingElse(ProgramLimit limit) {
    WorkerOptions changed = limit.in(WorkerOptions.DEFAULT, 7);

    for (ProgramLimit other : ProgramLimit.values()) {
      long expected = other == limit ? 7 : other.of(WorkerOptions.DEFAULT);
      assertThat(other.of(changed)).as(other.word()).isEqualTo(expected);
    }
    assertThat(limit.in(changed, limit.of(WorkerOptions.DEFAULT))).isEqualTo(WorkerOptions.DEFAULT);
  }

  @Test
  void thePageHasAllOfThemWithTheirDefaults() throws Exception {
    List<String> rows = new ArrayList<>();
    var row = ROW.matcher(Files.readString(Path.of("../docs/limits.md")));
    while (row.find()) {
      rows.add(row.group(1) + "=" + row.group(2));
    }

    assertThat(rows).containsExactlyElementsOf(new ProgramLimit.Defaults());
  }
}
