package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.Model.CommandSpec;

/** What a command does with images. Its failures become one sentence and exit code 1. */
interface ImageWork {
  void run() throws IOException, ImageException, BuildException, InterruptedException;

  /** The same for work that has an exit code of its own. */
  interface WithExitCode {
    int run() throws IOException, ImageException, BuildException, InterruptedException;
  }

  static int told(CommandSpec spec, ImageWork work) throws InterruptedException {
    return exitCode(
        spec,
        () -> {
          work.run();
          return 0;
        });
  }

  static int exitCode(CommandSpec spec, WithExitCode work) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return work.run();
    } catch (ImageException | BuildException e) {
      err.println("runnel: " + e.getMessage());
    } catch (IOException e) {
      err.println("runnel: " + sentence(e));
    } finally {
      err.flush();
    }
    return 1;
  }

  private static String sentence(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "There is no file %s.".formatted(missing.getFile());
      case FileSystemException failed when failed.getReason() == null ->
          "%s: %s.".formatted(failed.getClass().getSimpleName(), failed.getFile());
      default -> {
        String message = String.valueOf(e.getMessage());
        yield message.endsWith(".") ? message : message + ".";
      }
    };
  }
}
