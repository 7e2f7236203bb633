package dev.runnel.cli;

import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.engine.JitOptions;
import dev.runnel.engine.Limits;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.wasi.WasiOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a program is given and how much it may use: options of every command that runs one. */
final class ProgramOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

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

  @Mixin private BindingOptions bindings = new BindingOptions();

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
      description = {
        "How much processor time a request may use, in all that it causes, and the program at a",
        "stretch (default: no limit)."
      })
  private @Nullable Duration cpuTime;

  @Option(
      names = "--limits",
      paramLabel = "LIMIT=N,…",
      converter = OptionValues.ProgramLimits.class,
      completionCandidates = ProgramLimit.Defaults.class,
      description = {
        "Limits of each isolate besides memory and time: ${COMPLETION-CANDIDATES}.",
        "docs/limits.md says what each is."
      })
  private List<Map<ProgramLimit, Long>> limits = new ArrayList<>();

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
      names = "--jit",
      paramLabel = "off|on",
      converter = OptionValues.Jit.class,
      description = {
        "Compile functions that are called often; of the engine quickjs only (default: off).",
        "docs/jit.md says how far it has come."
      })
  private JitOptions jit = JitOptions.OFF;

  /** A program speaks to its stores through their bindings alone. */
  Egress egress() {
    return egress.without(bindings.servers());
  }

  BindingOptions bindings() {
    return bindings;
  }

  WorkerOptions options() {
    WorkerOptions start = limited(WorkerOptions.DEFAULT.withLimits(heap()));
    return SnapshotFolder.in(System.getenv())
        .map(start::withSnapshots)
        .orElse(start)
        .withEngine(engine)
        .withJit(jit)
        // Whoever names a file of their own and an engine without a sandbox answers for the file.
        .withTrust(Trust.FULL)
        .withTurnLimits(turnLimits())
        .withDirectories(directories)
        .withEnvironment(variables());
  }

  /** What a program gets that needs no engine. */
  WasiOptions wasiOptions(WasmFlags flags) {
    long most = (long) WasiOptions.DEFAULT.limits().memoryPages() << WasmFlags.PAGE_SHIFT;
    return WasiOptions.DEFAULT
        .withLimits(wasiLimits(flags, most))
        .withDirectories(directories)
        .withEnvironment(variables());
  }

  /**
   * @param otherwise bytes of memory, when no option says how many
   */
  WasiOptions.Limits wasiLimits(WasmFlags flags, long otherwise) {
    long bytes = memory == null ? otherwise : memory;
    try {
      return WasiOptions.DEFAULT.limits().withMemoryPages(flags.memoryPages(bytes));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  TurnLimits turnLimits() {
    return TurnLimits.forRequests(Optional.ofNullable(cpuTime));
  }

  private WorkerOptions limited(WorkerOptions options) {
    WorkerOptions limited = options;
    for (Map<ProgramLimit, Long> given : limits) {
      for (Map.Entry<ProgramLimit, Long> one : given.entrySet()) {
        limited = one.getKey().in(limited, one.getValue());
      }
    }
    return limited;
  }

  private Limits heap() {
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
