package dev.runnel.cli;

import dev.runnel.cli.OptionValues.PortMapping;
import dev.runnel.engine.Limits;
import dev.runnel.image.bundle.Transpiler;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.image.store.Atomically;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.worker.LimitedRequests;
import dev.runnel.runtime.worker.PoolOptions;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.fetch.JettyFetcher;
import dev.runnel.wasi.CgiHandler;
import dev.runnel.wasi.WasiOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
      "Runs a program: a JavaScript file, a folder whose package.json names one, a .wasm file that",
      "is a command for WASI preview 1, or an image of this machine. A path that exists comes"
          + " before",
      "an image of that name.",
      "It sees no file and no environment variable of this machine but what options give it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel run [OPTIONS] FILE|IMAGE [ARGS]",
    sortOptions = false)
class RunCommand implements Callable<Integer> {
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
      names = "--cron",
      paramLabel = "SCHEDULE",
      converter = OptionValues.Cron.class,
      description = {
        "Send the worker a scheduled event whenever SCHEDULE is due, such as \"*/5 * * * *\":",
        "minute, hour, day, month, weekday (1 or SUN to 7), in UTC. Several may be given."
      })
  private List<CronSchedule> crons = new ArrayList<>();

  @Option(
      names = "--origin",
      paramLabel = "URL",
      converter = OptionValues.Origin.class,
      description =
          "Where requests go whose handler fails after ctx.passThroughOnException() (default:"
              + " none).")
  private @Nullable URI origin;

  @Mixin private PoolFlags pool = new PoolFlags();

  @Mixin private LimitFlags limits = new LimitFlags();

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
      names = "--assets",
      paramLabel = "DIR",
      description = {
        "Answer GET and HEAD from the files in DIR before the program is asked; a file.br, .zst or",
        ".gz beside is sent to clients that take it (default: what the program's package.json"
            + " names",
        "in runnel.assets)."
      })
  private @Nullable Path assets;

  @Mixin private ServerFlags server = new ServerFlags();

  @Mixin private WasmFlags wasm = new WasmFlags();

  @Option(
      names = {"-d", "--detach"},
      description = {
        "Let the program go on in a process of its own, and print its id when it is ready; see",
        "`runnel ps`, `logs` and `stop`."
      })
  private boolean detach;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call the detached program (default: its id).")
  private String name = "";

  @Option(names = DetachedStart.READY, hidden = true)
  private @Nullable Path readyFile;

  @Mixin private RunsFlag runs = new RunsFlag();

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(index = "0", paramLabel = "FILE", description = "The program, or an image's name.")
  private Path file = Path.of("");

  @Parameters(index = "1..*", paramLabel = "ARGS", description = "The program's own arguments.")
  private List<String> arguments = new ArrayList<>();

  /** Refuses what only {@code run} does. */
  void checkAttached() {
    if (detach) {
      throw new ParameterException(
          spec.commandLine(), "A program that is detached isn't watched; use run for it.");
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (isImageWithOptionsBehind()) {
      return again();
    }
    return ImageWork.exitCode(spec, detach ? this::start : this::run);
  }

  private int run() throws IOException, ImageException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Path found = ProgramPlace.of(file, store.open());
    if (WasmFlags.areFor(found)) {
      return runWasm(found, err);
    }
    if (wasm.given().isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is for WebAssembly programs, whose names end with .wasm."
              .formatted(wasm.given().get()));
    }
    Egress egress = origin == null ? program.egress() : program.egress().withGrant(grant(origin));
    try (var fetcher = new JettyFetcher(egress)) {
      WorkerOptions given = options().withFetcher(fetcher);
      WorkerOptions options = given.withSockets(sockets(given.sockets(), egress));
      var doors = new ProgramRun.Doors(listen, ports, crons, assets(found), server);
      var running = new ProgramRun(found, options, program.bindings(), doors, err);
      return attend(running.tellingReady(this::ready), found);
    }
  }

  /**
   * @param program where it is
   * @return the exit code
   */
  int attend(ProgramRun run, Path program) throws InterruptedException {
    return run.run();
  }

  private int runWasm(Path found, PrintWriter err) throws InterruptedException {
    if (wasm.serves()) {
      return new WasmServe(found, handlerOptions(), door(), err).run();
    }
    ready(List.of());
    return new WasmRun(found, wasiOptions(), wasm, err).run();
  }

  private int start() throws IOException, ImageException, InterruptedException {
    // What can't be run is said here, and not in a log.
    ProgramPlace.of(file, store.open());
    return new DetachedStart(runs.open(), file.toString(), spec.commandLine().getErr())
        .run(name, attached(), spec.commandLine().getOut());
  }

  /** The arguments as they were given, without the option that has brought us here. */
  private List<String> attached() {
    List<String> all = given();
    boolean stops = spec.commandLine().isStopAtPositional();
    int mark = all.indexOf("--");
    int options = stops ? all.size() - arguments.size() - 1 : mark < 0 ? all.size() : mark;
    List<String> own = new ArrayList<>(all.subList(0, options));
    own.removeIf(argument -> argument.equals("-d") || argument.equals("--detach"));
    own.addAll(all.subList(options, all.size()));
    return own;
  }

  private List<String> given() {
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    return all.subList(all.getFirst().equals("run") ? 1 : 0, all.size());
  }

  /** As users of podman may type it too: for an image, options may stand behind its name. */
  private boolean isImageWithOptionsBehind() {
    return spec.commandLine().isStopAtPositional()
        && !arguments.isEmpty()
        && arguments.getFirst().startsWith("-")
        && !Files.exists(file)
        && ProgramPlace.isImage(file, store.open());
  }

  private int again() {
    CommandLine commands = Main.commandLine();
    CommandLine run = Objects.requireNonNull(commands.getSubcommands().get("run"));
    run.setStopAtPositional(false);
    commands.setOut(spec.commandLine().getOut());
    commands.setErr(spec.commandLine().getErr());
    List<String> same = new ArrayList<>(given());
    same.addFirst("run");
    return commands.execute(same.toArray(String[]::new));
  }

  private void ready(List<String> addresses) {
    if (readyFile == null) {
      return;
    }
    try {
      Atomically.write(readyFile, String.join("\n", addresses).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("runnel: %s can't be written: %s.".formatted(readyFile, e));
    }
  }

  /**
   * @param program where it is
   * @return the exit code
   */
  int run(ProgramRun run, Path program) throws InterruptedException {
    return run.run();
  }

  /** A program that was built with files for browsers says where they are. */
  private Optional<Path> assets(Path found) {
    return assets == null ? BuiltProgram.assetsOf(found) : Optional.of(assets);
  }

  private WasiOptions wasiOptions() {
    List<String> named = new ArrayList<>(List.of(file.toString()));
    named.addAll(arguments);
    return program.wasiOptions(wasm).withArguments(named).withStreams(WasmRun.ownStreams());
  }

  /** What others ask for gets what isolates get, unless an option says more. */
  private WasiOptions handlerOptions() {
    return wasiOptions()
        .withLimits(program.wasiLimits(wasm, Limits.DEFAULT.memoryBytes()))
        .withClocks(WasiOptions.Clocks.COARSE);
  }

  private WasmServe.Door door() {
    PoolOptions.Admission given = pool.options().admission();
    int most = Math.min(given.requests(), WasmServe.MOST_AT_ONCE);
    var admission = new PoolOptions.Admission(most, given.queue(), given.patience());
    var requests = new CgiHandler.Limits(admission, program.turnLimits());
    return new WasmServe.Door(
        listen,
        server,
        requests,
        handler -> LimitedRequests.before(handler, limits.requests()),
        this::ready);
  }

  private WorkerOptions options() {
    WorkerOptions options = program.options().withRequestLimits(limits.requests());
    return (origin == null ? options : options.withOrigin(origin))
        .withPool(pool.options())
        .withInput(System.in)
        .withSleep(WorkerOptions.Sleep.ALLOWED)
        .withBackground(waitUntil)
        .withArguments(arguments)
        .withSources(Transpiler.keepingIn(BuildFlags.cache()));
  }

  /** Whoever runs a program of their own lets it open ports, as with {@code node:http}. */
  private static NetAccess sockets(NetAccess given, Egress egress) {
    return given.withEgress(egress).withListening(NetAccess.Listening.ALLOWED);
  }

  private static Egress.Grant grant(URI origin) {
    int usual = origin.getScheme().equals("https") ? 443 : 80;
    int port = origin.getPort() < 0 ? usual : origin.getPort();
    return new Egress.Grant(origin.getHost(), OptionalInt.of(port));
  }
}
