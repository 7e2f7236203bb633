package dev.runnel.cli;

import dev.runnel.cli.DetachedRuns.Run;
import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runnel stop}: ends detached programs. */
@Command(
    name = "stop",
    description = "Ends programs that `runnel run -d` has started, as SIGTERM does.")
final class StopCommand extends ImageCommand {
  @Option(
      names = {"-t", "--time"},
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      defaultValue = "10s",
      description = "After how long it is killed (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(10);

  @Mixin private RunsFlag flag = new RunsFlag();

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "Each program's name, or the beginning of its id.")
  private List<String> names = new ArrayList<>();

  @Override
  void run() throws IOException, ImageException, InterruptedException {
    for (String name : names) {
      stop(flag.open().find(name));
    }
  }

  private void stop(Run run) throws IOException, ImageException, InterruptedException {
    Optional<ProcessHandle> process = run.process();
    if (process.isPresent()) {
      process.get().destroy();
      await(process.get());
    }
    print(run.id());
  }

  private void await(ProcessHandle process) throws InterruptedException {
    try {
      var _ = process.onExit().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      var _ = process.onExit().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a process is never a failure.", e);
    }
  }
}
