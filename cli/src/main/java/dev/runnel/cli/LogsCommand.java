package dev.runnel.cli;

import dev.runnel.cli.DetachedRuns.Run;
import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runnel logs}: what a detached program has written. */
@Command(name = "logs", description = "Prints what a program of `runnel run -d` has written.")
final class LogsCommand extends ImageCommand {
  private static final int CHUNK = 8192;
  private static final long LOOK_MILLIS = 100;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what it writes until it ends.")
  private boolean follow;

  @Mixin private RunsFlag flag = new RunsFlag();

  @Parameters(paramLabel = "NAME", description = "The program's name, or the beginning of its id.")
  private String name = "";

  @Override
  void run() throws IOException, ImageException, InterruptedException {
    DetachedRuns runs = flag.open();
    Run run = runs.find(name);
    try (InputStream log = Files.newInputStream(runs.log(run.id()))) {
      boolean goesOn = true;
      while (goesOn) {
        // Asked before the last look, so that nothing is missed between the two.
        goesOn = follow && run.process().isPresent();
        copy(log);
        if (goesOn) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      }
    }
  }

  private void copy(InputStream log) throws IOException {
    PrintWriter out = out();
    byte[] chunk = new byte[CHUNK];
    for (int read = log.read(chunk); read > 0; read = log.read(chunk)) {
      out.print(new String(chunk, 0, read, StandardCharsets.UTF_8));
    }
    out.flush();
  }
}
