package dev.runnel.image.bundle;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs other programs, whose words are passed on as they come. */
final class Tool {
  private static final int CHUNK = 4096;

  private final PrintWriter err;

  Tool(PrintWriter err) {
    this.err = err;
  }

  /** An executable file of that name in one of the folders of {@code PATH}. */
  static Optional<Path> onPath(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      try {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file) && !Files.isDirectory(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException e) {
        // Such a folder has no programs.
      }
    }
    return Optional.empty();
  }

  /** The exit code. Interrupting the thread ends the program too. */
  int run(List<String> command, Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    return exitCode(process, process.getInputStream());
  }

  /** The same, from one file to another. */
  int filter(List<String> command, Path input, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
            .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
            .start();
    return exitCode(process, process.getErrorStream());
  }

  private int exitCode(Process process, InputStream talk) throws IOException, InterruptedException {
    try (InputStream said = talk) {
      byte[] chunk = new byte[CHUNK];
      for (int read = said.read(chunk); read >= 0; read = said.read(chunk)) {
        err.print(new String(chunk, 0, read, StandardCharsets.UTF_8));
        err.flush();
      }
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
