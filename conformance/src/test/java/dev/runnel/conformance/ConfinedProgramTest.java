package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.worker.DirectoryGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that was granted one folder sees of the others: an error as Node shapes it. */
class ConfinedProgramTest {
  private static final int SECONDS = 120;
  private static final int TRICKS = 20;
  private static final int ATTEMPTS = 15;

  @TempDir private Path folder;

  @Test
  void noPathLeadsOutOfTheGrant() throws Exception {
    Path granted = Files.createDirectory(folder.resolve("granted"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path key = Files.writeString(outside.resolve("key"), "secret");
    Files.writeString(granted.resolve("file"), "public");
    Files.createSymbolicLink(granted.resolve("to-key"), key);
    Files.createSymbolicLink(granted.resolve("to-outside"), outside);
    Files.createSymbolicLink(granted.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(granted.resolve("again"), Path.of("to-key"));
    Files.createSymbolicLink(granted.resolve("to-proc"), Path.of("/proc"));

    ProgramRun run =
        ProgramRun.of(
            Project.PROGRAMS.resolve("confined.mjs"),
            Project.OPTIONS
                .withDirectories(List.of(new DirectoryGrant(granted.toString(), granted)))
                .withArguments(List.of(granted.toString(), outside.toString())),
            SECONDS);

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .hasSize(TRICKS * ATTEMPTS)
        .allMatch(
            line ->
                line.matches(
                    ".*: (EACCES|ENOENT|ENOTDIR|ERR_INVALID_ARG_VALUE|ERR_INVALID_FILE_URL_PATH)"));
    assertThat(key).hasContent("secret");
    try (Stream<Path> all = Files.list(outside)) {
      assertThat(all).containsExactly(key);
    }
    assertThat(granted.resolve("copy")).doesNotExist();
  }
}
