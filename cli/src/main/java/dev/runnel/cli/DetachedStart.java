package dev.runnel.cli;

import dev.runnel.cli.DetachedRuns.Run;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the same command once more in a process of its own, which goes on when this one ends, and
 * waits until its program is ready.
 */
final class DetachedStart {
  /** Which option says to that process where it tells that it is ready. */
  static final String READY = "--ready-file";

  private static final long LOOK_MILLIS = 20;

  private final DetachedRuns runs;
  private final String program;
  private final PrintWriter err;

  DetachedStart(DetachedRuns runs, String program, PrintWriter err) {
    this.runs = runs;
    this.program = program;
    this.err = err;
  }

  /**
   * @param name how the program will be called; its id when it is empty
   * @param arguments of {@code runnel run}, without {@code -d}
   * @param out is told the id
   * @return an exit code: the program's own, when it has ended already
   */
  int run(String name, List<String> arguments, PrintWriter out)
      throws IOException, InterruptedException {
    String id = runs.open();
    Process process = start(id, arguments);
    runs.write(
        new Run(
            id,
            name.isEmpty() ? id : name,
            program,
            process.pid(),
            Run.startOf(process.toHandle())));
    while (!Files.exists(runs.ready(id))) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return ended(id, process.exitValue(), out);
      }
    }
    out.println(id);
    out.flush();
    return 0;
  }

  private int ended(String id, int exitCode, PrintWriter out) throws IOException {
    if (exitCode != 0 && !Files.exists(runs.ready(id))) {
      err.print(Files.readString(runs.log(id)));
      err.flush();
      runs.remove(id);
      return exitCode;
    }
    out.println(id);
    out.flush();
    return exitCode;
  }

  private Process start(String id, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // A session of its own, so that Ctrl-C on this terminal doesn't reach it.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            READY,
            runs.ready(id).toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(runs.log(id).toFile())
        .start();
  }
}
