package dev.runnel.cli;

import dev.runnel.cli.OptionValues.PortMapping;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel run}: one program, until it ends or is told to. */
@Command(
    name = "run",
    description = {
      "Runs a program: a JavaScript file, or a folder whose package.json names one.",
      "It sees no file and no environment variable of this machine but what options give it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel run [OPTIONS] FILE [ARGS]",
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProgramOptions program = new ProgramOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = OptionValues.Address.class,
      defaultValue = "127.0.0.1:8080",
      description =
          "Where a worker is served (default: ${DEFAULT-VALUE}; port 0 picks a free one).")
  private InetSocketAddress listen = new InetSocketAddress(8080);

  @Option(
      names = "-p",
      paramLabel = "OUTER:INNER",
      converter = OptionValues.Ports.class,
      description = "Open port OUTER when the program listens on INNER.")
  private List<PortMapping> ports = new ArrayList<>();

  @Option(
      names = "--isolates",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many isolates run the program and share its ports (default: 1).")
  private int isolates = 1;

  @Option(
      names = "--wait-until",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      defaultValue = "5s",
      description =
          "How long work given to waitUntil may go on when the program is stopped"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration waitUntil = Duration.ofSeconds(5);

  @Option(
      names = "--access-log",
      description = "Write one line for each request to standard error.")
  private boolean accessLog;

  @Parameters(index = "0", paramLabel = "FILE", description = "The program.")
  private Path file = Path.of("");

  @Parameters(index = "1..*", paramLabel = "ARGS", description = "The program's own arguments.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (var fetcher = new JettyFetcher(program.egress())) {
      WorkerOptions options = options().withFetcher(fetcher);
      return new ProgramRun(file, options, program.bindings(), listen, ports, accessLog, err).run();
    }
  }

  private WorkerOptions options() {
    if (isolates < 1 || isolates > 1024) {
      throw wrong("--isolates must be from 1 to 1024, not %d.".formatted(isolates));
    }
    return program
        .options()
        .withIsolates(isolates)
        .withInput(System.in)
        .withSleep(WorkerOptions.Sleep.ALLOWED)
        .withBackground(waitUntil)
        .withArguments(arguments);
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
