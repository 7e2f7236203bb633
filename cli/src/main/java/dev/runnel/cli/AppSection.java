package dev.runnel.cli;

import dev.runnel.cli.OptionValues.Caching;
import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.cli.OptionValues.Range;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.cli.log.LogRate;
import dev.runnel.engine.Limits;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.limit.RequestLimits;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.PoolOptions;
import dev.runnel.runtime.worker.PoolOptions.Admission;
import dev.runnel.runtime.worker.PoolOptions.Isolation;
import dev.runnel.runtime.worker.PoolOptions.Scaling;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.WorkerOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads {@code [app.NAME]}: what an app is, what it is given and how much it may use. */
final class AppSection {
  /** For hosted apps; {@code run} has no limit of time. */
  private static final Duration USUAL_CPU = Duration.ofSeconds(1);

  private static final Duration USUAL_START_CPU = Duration.ofSeconds(10);
  private static final long USUAL_BODY = 100 << 20;

  /** Bytes a second, as Apache's mod_reqtimeout has it. */
  private static final long USUAL_RATE = 500;

  private static final List<String> OF_SCRIPTS =
      List.of(
          "engine",
          "trusted",
          "isolates",
          "isolation",
          "spares",
          "replace-at",
          "allow-net",
          "cache",
          "cron",
          "origin",
          "wait-until",
          "json",
          "secrets",
          "kv",
          "services");

  private final Path folder;
  private final String name;
  private final TomlSection section;

  AppSection(Path file, String name, TomlSection section) {
    this.folder = file.toAbsolutePath().resolveSibling(".").normalize();
    this.name = name;
    this.section = section;
  }

  AppSettings settings() throws ServeFileException {
    TomlSection limits = section.section("limits");
    AppSettings settings =
        new AppSettings(
            name,
            section.text(),
            folder.resolve(section.required("program")),
            section.word("assets").map(folder::resolve),
            routes(),
            options(limits),
            section.word("allow-net", new OptionValues.Hosts()).orElse(Egress.NOTHING),
            json(),
            secrets(),
            namespaces(),
            KvLimits.DEFAULT,
            cache(),
            Map.copyOf(section.section("services").texts()),
            section.words("cron", new OptionValues.Cron()),
            limits.word("log-rate", new OptionValues.Size()).orElse(LogRate.USUAL));
    limits.nothingElse();
    section.nothingElse();
    checkNames(settings);
    if (WasmFlags.areFor(settings.program())) {
      refuse(section, OF_SCRIPTS, settings);
      refuse(limits, limitsOfScripts(), settings);
    }
    return settings;
  }

  /** What stands there and would mean nothing. */
  private static void refuse(TomlSection table, List<String> keys, AppSettings app)
      throws ServeFileException {
    for (String key : keys) {
      if (table.has(key)) {
        throw table.wrong(
            key,
            "is for programs in JavaScript, and %s is WebAssembly."
                .formatted(app.program().getFileName()));
      }
    }
  }

  private static List<String> limitsOfScripts() {
    List<String> words = new ArrayList<>(List.of("start-cpu"));
    for (ProgramLimit limit : ProgramLimit.values()) {
      if (limit != ProgramLimit.REQUESTS) {
        words.add(limit.word());
      }
    }
    return words;
  }

  private List<AppRoute> routes() throws ServeFileException {
    List<String> hosts = section.words("host");
    List<String> paths = section.words("path");
    for (String host : hosts) {
      if (host.isEmpty() || host.contains("/") || host.contains(":") || host.lastIndexOf('*') > 0) {
        throw section.wrong(
            "host",
            "can't be \"%s\"; write it like shop.example or *.shop.example.".formatted(host));
      }
    }
    for (String path : paths) {
      if (!path.startsWith("/")) {
        throw section.wrong("path", "has to begin with a slash, and is \"%s\".".formatted(path));
      }
    }
    if (section.flag("internal")) {
      if (!hosts.isEmpty() || !paths.isEmpty()) {
        throw section.wrong("internal", "is true, so there is no host and no path.");
      }
      return List.of();
    }
    List<AppRoute> routes = new ArrayList<>();
    for (String host : hosts.isEmpty() ? List.of("") : hosts) {
      for (String path : paths.isEmpty() ? List.of("/") : paths) {
        routes.add(AppRoute.of(host, path));
      }
    }
    return routes;
  }

  private WorkerOptions options(TomlSection limits) throws ServeFileException {
    WorkerOptions options =
        WorkerOptions.DEFAULT
            .withEngine(section.word("engine").orElse("quickjs"))
            .withTrust(section.flag("trusted") ? Trust.FULL : Trust.NONE)
            .withPool(pool(limits))
            .withLimits(memory(limits))
            .withTurnLimits(time(limits))
            .withRequestLimits(requests(limits))
            .withDirectories(directories())
            .withEnvironment(section.section("env").texts())
            .withArguments(section.words("arguments"))
            .withBackground(
                section.word("wait-until", new OptionValues.Time()).orElse(Duration.ofSeconds(5)));
    Optional<URI> origin = section.word("origin", new OptionValues.Origin());
    return isolateLimits(limits, origin.isPresent() ? options.withOrigin(origin.get()) : options);
  }

  /** Those of {@code --limits}, under the same names; {@code requests} is the whole app's. */
  private static WorkerOptions isolateLimits(TomlSection limits, WorkerOptions options)
      throws ServeFileException {
    WorkerOptions limited = options;
    for (ProgramLimit limit : ProgramLimit.values()) {
      if (limit != ProgramLimit.REQUESTS) {
        Optional<Long> number = limits.word(limit.word(), new OptionValues.Size());
        if (number.isPresent() && (number.get() < 1 || number.get() > limit.most())) {
          throw limits.wrong(
              limit.word(), "must be from 1 to %d, not %d.".formatted(limit.most(), number.get()));
        }
        limited = number.isPresent() ? limit.in(limited, number.get()) : limited;
      }
    }
    return limited;
  }

  private PoolOptions pool(TomlSection limits) throws ServeFileException {
    int cores = Runtime.getRuntime().availableProcessors();
    Isolation isolation =
        section.word("isolation", new OptionValues.IsolationWord()).orElse(Isolation.ISOLATE);
    Range usual = isolation == Isolation.REQUEST ? new Range(2, 64) : new Range(cores, cores);
    Range isolates = section.word("isolates", new OptionValues.Isolates()).orElse(usual);
    Admission admission = PoolOptions.DEFAULT.admission();
    try {
      return PoolOptions.DEFAULT
          .withIsolation(isolation)
          .withScaling(
              Scaling.between(isolates.least(), isolates.most())
                  .withSpares(section.number("spares", 0, 1_000).orElse(0)))
          .withAdmission(
              new Admission(
                  limits.number("requests", 1, 1_000_000).orElse(admission.requests()),
                  limits.number("queue", 0, 1_000_000).orElse(admission.queue()),
                  limits.word("queue-wait", new OptionValues.Time()).orElse(admission.patience())))
          .withMemoryPercent(section.number("replace-at", 1, 100).orElse(90));
    } catch (IllegalArgumentException e) {
      throw section.wrong("isolates", "is wrong: " + e.getMessage());
    }
  }

  private static Limits memory(TomlSection limits) throws ServeFileException {
    Optional<Long> memory = limits.word("memory", new OptionValues.Size());
    try {
      return memory.isPresent() ? Limits.DEFAULT.withMemory(memory.get()) : Limits.DEFAULT;
    } catch (IllegalArgumentException e) {
      throw limits.wrong("memory", "is wrong: " + e.getMessage());
    }
  }

  private static TurnLimits time(TomlSection limits) throws ServeFileException {
    Duration cpu = limits.word("cpu", new OptionValues.Time()).orElse(USUAL_CPU);
    return TurnLimits.forRequests(Optional.of(cpu))
        .withStartCpu(limits.word("start-cpu", new OptionValues.Time()).orElse(USUAL_START_CPU));
  }

  private static RequestLimits requests(TomlSection limits) throws ServeFileException {
    var size = new OptionValues.Size();
    RequestLimits requests =
        RequestLimits.NONE
            .withBodyBytes(limits.word("body", size).orElse(USUAL_BODY))
            .withResponseBytes(limits.word("response", size).orElse(Long.MAX_VALUE))
            .withRate(
                limits.word("rate", size).orElse(USUAL_RATE),
                limits
                    .word("rate-grace", new OptionValues.Time())
                    .orElse(RequestLimits.NONE.grace()));
    Optional<Duration> wall = limits.word("wall", new OptionValues.Time());
    return wall.isPresent() ? requests.withWall(wall.get()) : requests;
  }

  private List<DirectoryGrant> directories() throws ServeFileException {
    TomlSection table = section.section("dirs");
    List<DirectoryGrant> directories = new ArrayList<>();
    for (Map.Entry<String, String> entry : table.texts().entrySet()) {
      Path host = folder.resolve(entry.getValue());
      if (!Files.isDirectory(host)) {
        throw table.wrong(
            entry.getKey(), "means the folder %s, which isn't there.".formatted(host));
      }
      directories.add(new DirectoryGrant(entry.getKey(), host));
    }
    return directories;
  }

  private List<Variable> json() throws ServeFileException {
    return variables(section.section("json").json());
  }

  private List<NamedFile> secrets() throws ServeFileException {
    return section.section("secrets").texts().entrySet().stream()
        .map(entry -> new NamedFile(entry.getKey(), folder.resolve(entry.getValue())))
        .toList();
  }

  /** Where an app says nothing, its namespace is a file of its own. */
  private List<Variable> namespaces() throws ServeFileException {
    List<Variable> namespaces = new ArrayList<>();
    for (Map.Entry<String, String> entry : section.section("kv").texts().entrySet()) {
      String where = entry.getValue();
      String place =
          Bound.isServer(where)
              ? where
              : folder
                  .resolve(
                      where.isEmpty()
                          ? Path.of(".runnel", "kv", name, entry.getKey() + ".db")
                          : Path.of(where))
                  .toString();
      namespaces.add(new Variable(entry.getKey(), place));
    }
    return namespaces;
  }

  private Optional<Caching> cache() throws ServeFileException {
    return section
        .word("cache", new OptionValues.CachePlace())
        .map(
            cache ->
                new Caching(cache.folder().map(folder::resolve), cache.server(), cache.bytes()));
  }

  private static List<Variable> variables(SequencedMap<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> new Variable(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Every name of the program's {@code env} may be given once. */
  private void checkNames(AppSettings app) throws ServeFileException {
    Set<String> taken = new HashSet<>(app.options().environment().keySet());
    List<String> names = new ArrayList<>();
    app.json().forEach(one -> names.add(one.name()));
    app.secrets().forEach(one -> names.add(one.name()));
    app.namespaces().forEach(one -> names.add(one.name()));
    names.addAll(app.services().keySet());
    for (String one : names) {
      try {
        Bindings.checkName(one);
      } catch (IllegalArgumentException e) {
        throw section.wrong(String.valueOf(e.getMessage()));
      }
      if (!taken.add(one)) {
        throw section.wrong("[app.%s] gives the name \"%s\" twice.".formatted(name, one));
      }
    }
  }
}
