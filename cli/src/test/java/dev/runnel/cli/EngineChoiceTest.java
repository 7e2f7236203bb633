package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

  @Test
  void anEngineThatIsNotThereIsOneSentenceThatListsThoseThatAre() throws Exception {
    Outcome outcome =
        ChildJvm.java(
            "-cp",
            classPathWithoutV8(),
            Main.class.getName(),
            "run",
            "--engine",
            "v8",
            "src/test/resources/programs/waits.js");

    assertThat(outcome.err())
        .isEqualToIgnoringNewLines(
            "runnel: There is no engine \"v8\" on the class path, only quickjs.");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(Main.USAGE);
  }

  /** Where the build leaves V8 out, it is what it is anyway. */
  private static String classPathWithoutV8() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("engine-v8"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
