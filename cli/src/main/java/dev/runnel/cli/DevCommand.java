package dev.runnel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;

/** {@code runnel dev}: {@code run} that reads the program again whenever its files change. */
@Command(
    name = "dev",
    description = {
      "Runs a program as run does, and reads it again whenever a JavaScript, TypeScript, JSON or",
      "WebAssembly file in its folder changes: requests in flight end as they began, new ones get",
      "what is new.",
      "A program that can't be read goes on as it was."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel dev [OPTIONS] FILE [ARGS]",
    sortOptions = false)
final class DevCommand extends RunCommand {
  @Override
  public Integer call() throws InterruptedException {
    checkAttached();
    return super.call();
  }

  @Override
  int attend(ProgramRun run, Path program) throws InterruptedException {
    Path real = program.toAbsolutePath();
    Path folder = Files.isDirectory(real) ? real : Objects.requireNonNull(real.getParent());
    try (FileWatch _ = FileWatch.of(folder, run::reload)) {
      return run.run();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s can't be watched.".formatted(folder), e);
    }
  }
}
