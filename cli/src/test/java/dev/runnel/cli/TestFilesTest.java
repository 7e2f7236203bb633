package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFilesTest {
  @TempDir private Path folder = Path.of("");

  private Path passes = Path.of("");
  private Path throwsLate = Path.of("");
  private Path neverEnds = Path.of("");

  @BeforeEach
  void writePrograms() throws IOException {
    passes = write("passes.mjs", "globalThis.seen = !globalThis.seen; console.log(seen);");
    throwsLate = write("throws.mjs", "setTimeout(() => { throw new TypeError('late') }, 1);");
    neverEnds = write("never-ends.mjs", "setInterval(() => {}, 1);");
  }

  @Test
  void eachFileHasAnIsolateOfItsOwnAndALineOfTheReport() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("test-files", passes.toString(), passes.toString())) {
      Outcome outcome = child.outcome();

      assertThat(withoutTimes(outcome.out()))
          .isEqualTo(
              "TAP version 14\n1..2\ntrue\nok 1 - F\ntrue\nok 2 - F\n"
                  .replace("F", passes.toString()));
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void aFileThatThrowsFailsAndTheOthersStillRun() throws Exception {
    Path list = write("list", throwsLate + "\n" + passes + "\n");
    try (ChildJvm child = ChildJvm.runnel("test-files", "@" + list)) {
      Outcome outcome = child.outcome();

      assertThat(withoutTimes(outcome.out()))
          .contains("not ok 1 - " + throwsLate + "\n# TypeError: late\n#     at ")
          .endsWith("ok 2 - " + passes + "\n");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatNeverEndsIsStopped() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("test-files", "--timeout", "2s", neverEnds.toString())) {
      Outcome outcome = child.outcome();

      assertThat(withoutTimes(outcome.out()))
          .endsWith("\nnot ok 1 - " + neverEnds + "\n# It had not ended after 2000 ms.\n");
    }
  }

  @Test
  void anEngineThatIsNotThereIsRefusedOnce() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("test-files", "--engine", "none", passes.toString())) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err()).startsWith("runnel: ").contains("\"none\"");
      assertThat(outcome.exitCode()).isEqualTo(2);
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String withoutTimes(String report) {
    return report.replaceAll(" # time=\\d+ms", "");
  }
}
