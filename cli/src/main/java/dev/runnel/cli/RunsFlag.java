package dev.runnel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where detached programs are kept track of: an option of all commands that deal with them. */
final class RunsFlag {
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description =
          "The folder that keeps track of detached programs (default: $RUNNEL_RUNS, or runnel/runs"
              + " in $XDG_DATA_HOME or ~/.local/share).")
  private @Nullable Path folder;

  DetachedRuns open() {
    return new DetachedRuns(folder == null ? DetachedRuns.folderIn(System.getenv()) : folder);
  }
}
