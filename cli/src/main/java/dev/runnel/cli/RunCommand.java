package dev.runnel.cli;

import dev.runnel.cli.OptionValues.PortMapping;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.engine.Limits;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--dir",
      paramLabel = "GUEST:HOST",
      converter = OptionValues.Directory.class,
      description = "Let the program use the folder HOST of this machine as GUEST.")
  private List<DirectoryGrant> directories = new ArrayList<>();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      converter = OptionValues.Environment.class,
      description = "Set a variable of the program's environment.")
  private List<Variable> environment = new ArrayList<>();

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
      names = "--allow-net",
      paramLabel = "HOSTS",
      converter = OptionValues.Hosts.class,
      description =
          "What the program's own requests may reach: all, public, none or HOST[:PORT], several"
              + " separated by commas (default: all).")
  private Egress egress = Egress.EVERYTHING;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      description = "What the heap of each isolate may grow to (default: 128m).")
  private @Nullable Long memory;

  @Option(
      names = "--cpu-time",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      description = "How long the program may compute at a stretch (default: no limit).")
  private @Nullable Duration cpuTime;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "quickjs",
      description = {
        "The JavaScript engine (default: ${DEFAULT-VALUE}).",
        "v8 is many times faster and no sandbox: for trusted programs only."
      })
  private String engine = "quickjs";

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
    try (var fetcher = new JettyFetcher(egress)) {
      WorkerOptions options = options().withFetcher(fetcher);
      return new ProgramRun(file, options, listen, ports, accessLog, err).run();
    }
  }

  private WorkerOptions options() {
    if (isolates < 1 || isolates > 1024) {
      throw wrong("--isolates must be from 1 to 1024, not %d.".formatted(isolates));
    }
    WorkerOptions start = WorkerOptions.DEFAULT;
    return SnapshotFolder.in(System.getenv())
        .map(start::withSnapshots)
        .orElse(start)
        .withEngine(engine)
        // Whoever names a file of their own and an engine without a sandbox answers for the file.
        .withTrust(Trust.FULL)
        .withIsolates(isolates)
        .withLimits(limits())
        .withTurnLimits(new TurnLimits(Optional.ofNullable(cpuTime), Optional.empty()))
        .withDirectories(directories)
        .withInput(System.in)
        .withSleep(WorkerOptions.Sleep.ALLOWED)
        .withBackground(waitUntil)
        .withEnvironment(variables())
        .withArguments(arguments);
  }

  private Limits limits() {
    try {
      return memory == null ? Limits.DEFAULT : Limits.DEFAULT.withMemory(memory);
    } catch (IllegalArgumentException e) {
      throw wrong("--memory: " + e.getMessage());
    }
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    environment.forEach(variable -> variables.put(variable.name(), variable.value()));
    return variables;
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
