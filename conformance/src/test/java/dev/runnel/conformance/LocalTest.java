package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program's own TZ and LANG, whatever the process's are. */
class LocalTest {
  private static final int SECONDS = 60;
  private static final String USUAL =
      """
      12 0 12 0
      2026-07-01T00:00:00.000Z 2026-01-01T00:00:00.000Z
      7/1/2026, 12:00:00 PM 1,234.5
      en-US UTC
      """;

  /** V8 has one for the process: see {@code LocalityTest}. */
  @Test
  void variablesOfTheProgramNameItsTimeZoneAndLocale() throws Exception {
    assumeFalse(Project.ENGINE.equals("v8"), "V8 has one locale and time zone for the process");
    assertThat(run(Map.of("TZ", "Europe/Berlin", "LANG", "fr_FR.UTF-8", "LC_ALL", "de_DE.UTF-8")))
        .isEqualTo(
            """
            14 -120 13 -60
            2026-06-30T22:00:00.000Z 2025-12-31T23:00:00.000Z
            1.7.2026, 14:00:00 1.234,5
            de-DE Europe/Berlin
            """);
    assertThat(run(Map.of("TZ", ":America/New_York")))
        .isEqualTo(
            """
            8 240 7 300
            2026-07-01T04:00:00.000Z 2026-01-01T05:00:00.000Z
            7/1/2026, 8:00:00 AM 1,234.5
            en-US America/New_York
            """);
  }

  @ParameterizedTest
  @CsvSource({"TZ,''", "LANG,C", "LC_ALL,POSIX", "LANG,../etc"})
  void whatMeansNothingChangesNothing(String name, String value) throws Exception {
    Map<String, String> environment = new HashMap<>(Map.of("OTHER", "x"));
    environment.put(name, value);

    assertThat(run(environment)).isEqualTo(USUAL);
    assertThat(run(Map.of())).isEqualTo(USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nowhere/Land", "CET-1CEST", ":../etc/localtime"})
  void aTimeZoneThatThereIsNotIsRefused(String name) {
    assertThatThrownBy(() -> run(Map.of("TZ", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "TZ=%s names no time zone of the IANA database; one is Europe/Berlin."
                .formatted(name.replaceFirst("^:", "")));
  }

  private static String run(Map<String, String> environment) throws Exception {
    ProgramRun run =
        ProgramRun.of(
            Project.PROGRAMS.resolve("local.mjs"),
            Project.OPTIONS.withEnvironment(environment),
            SECONDS);
    assertThat(run.err()).isEmpty();
    return run.out();
  }
}
