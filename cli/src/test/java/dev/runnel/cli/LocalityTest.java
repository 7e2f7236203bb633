package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program's TZ and LANG, in a process of its own: V8 has but one of each there. */
class LocalityTest {
  private static final String PROGRAM =
      """
      const noon = new Date(Date.UTC(2026, 6, 1, 12));
      console.log(noon.getHours(), noon.toLocaleString(), (1234.5).toLocaleString());
      const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      console.log(locale, timeZone);
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"quickjs", "v8"})
  void variablesOfTheProgramNameItsLocaleAndTimeZone(String engine) throws Exception {
    assertThat(run(engine, "TZ=Europe/Berlin", "LANG=fr_FR.UTF-8", "LC_ALL=de_DE.UTF-8"))
        .isEqualTo("14 1.7.2026, 14:00:00 1.234,5\nde-DE Europe/Berlin\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickjs", "v8"})
  void aLanguageThatNobodyKnowsIsTheUsualOne(String engine) throws Exception {
    assertThat(run(engine, "TZ=:America/New_York", "LANG=xx_YY.UTF-8"))
        .isEqualTo("8 7/1/2026, 8:00:00 AM 1,234.5\nen-US America/New_York\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickjs", "v8"})
  void aTimeZoneThatThereIsNotEndsTheCommandWithOneSentence(String engine) throws Exception {
    Path program = Files.writeString(folder.resolve("local.mjs"), PROGRAM);

    try (ChildJvm child =
        ChildJvm.runnel("run", "--engine", engine, "--env", "TZ=Mars/Base", program.toString())) {
      Outcome outcome = child.outcome();
      assertThat(outcome.exitCode()).isEqualTo(Main.USAGE);
      assertThat(outcome.err())
          .isEqualTo(
              "runnel: TZ=Mars/Base names no time zone of the IANA database; one is Europe/Berlin.\n");
      assertThat(outcome.out()).isEmpty();
    }
  }

  private String run(String engine, String... variables) throws Exception {
    Path program = Files.writeString(folder.resolve("local.mjs"), PROGRAM);
    List<String> arguments = new ArrayList<>(List.of("run", "--engine", engine));
    Arrays.stream(variables).forEach(variable -> arguments.addAll(List.of("--env", variable)));
    arguments.add(program.toString());

    try (ChildJvm child = ChildJvm.runnel(arguments.toArray(String[]::new))) {
      Outcome outcome = child.outcome();
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      return outcome.out();
    }
  }
}
