package dev.runnel.cli;

import dev.runnel.cli.DetachedRuns.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runnel ps}: which detached programs run. */
@Command(name = "ps", description = "Lists the programs that `runnel run -d` has started.")
final class PsCommand extends ImageCommand {
  private static final String ROW = "%-12s  %-16s  %-24s  %-8s  %s%n";

  @Option(
      names = {"-a", "--all"},
      description = "List those that have ended too.")
  private boolean all;

  @Mixin private RunsFlag flag = new RunsFlag();

  @Override
  void run() throws IOException {
    DetachedRuns runs = flag.open();
    PrintWriter out = out();
    out.printf(ROW, "ID", "NAME", "PROGRAM", "PID", "ADDRESSES");
    for (Run run : runs.all()) {
      boolean isRunning = run.process().isPresent();
      if (isRunning || all) {
        String addresses =
            Files.exists(runs.ready(run.id()))
                ? String.join(" ", Files.readAllLines(runs.ready(run.id())))
                : "";
        out.printf(
            ROW,
            run.id(),
            run.name(),
            run.program(),
            isRunning ? run.pid() : "-",
            isRunning ? addresses : "ended");
      }
    }
    out.flush();
  }
}
