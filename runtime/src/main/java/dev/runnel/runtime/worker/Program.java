package dev.runnel.runtime.worker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.runnel.engine.Engine;
import dev.runnel.engine.HostError;
import dev.runnel.engine.Snapshot;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.cache.CacheLimits;
import dev.runnel.runtime.cache.Caches;
import dev.runnel.runtime.guest.Evaluated;
import dev.runnel.runtime.guest.GuestSettings;
import dev.runnel.runtime.host.broadcast.Broadcasts;
import dev.runnel.runtime.host.thread.Threads;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.module.Builtins;
import dev.runnel.runtime.module.ModuleFiles;
import dev.runnel.runtime.module.PackageJson;
import dev.runnel.runtime.module.ProgramModules;
import dev.runnel.runtime.snapshot.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A program on disk.
 *
 * @param entry its first module's real path
 * @param kind what it is written for
 * @param bindings what its {@code env} and its caches are
 * @param broadcasts the BroadcastChannels of all of its isolates
 */
record Program(
    Path entry,
    ProgramModules.Kind kind,
    ModuleFiles files,
    Bindings bindings,
    Broadcasts broadcasts) {

  /** Takes a file, or a folder whose {@code package.json} names the entry. */
  static Program at(Path path, WorkerOptions options) throws WorkerException {
    try {
      Path entry = entry(path);
      var files = ModuleFiles.around(entry, grantedFolders(options), options.sources());
      return new Program(
          entry, ProgramModules.kindOf(entry, files), files, options.bindings(), new Broadcasts());
    } catch (HostError e) {
      throw new WorkerException(e.guestMessage());
    }
  }

  private static Path entry(Path path) throws WorkerException {
    if (!Files.exists(path)) {
      throw new WorkerException("There is no file %s.".formatted(path));
    }
    Path file = Files.isDirectory(path) ? inFolder(path) : path;
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new WorkerException("The file %s can't be read.".formatted(file));
    }
  }

  private static Path inFolder(Path folder) throws WorkerException {
    var json =
        PackageJson.in(folder.toAbsolutePath().normalize())
            .orElseThrow(
                () ->
                    new WorkerException(
                        "The folder %s has no package.json that names its entry."
                            .formatted(folder)));
    String entry = json.runnel("entry").or(() -> json.string("main")).orElse("index.js");
    Path file = folder.resolve(entry);
    if (!Files.isRegularFile(file)) {
      throw new WorkerException(
          "%s names the entry %s, which doesn't exist; build the program first."
              .formatted(folder.resolve("package.json"), entry));
    }
    return file;
  }

  private static List<Path> grantedFolders(WorkerOptions options) {
    return options.directories().stream()
        .map(DirectoryGrant::host)
        .map(Program::realPath)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Path> realPath(Path folder) {
    try {
      return Optional.of(folder.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** All of its isolates share their caches. */
  Program withCaches() {
    return bindings.caches().isPresent()
        ? this
        : new Program(
            entry,
            kind,
            files,
            bindings.withCaches(Caches.inMemory(CacheLimits.DEFAULT)),
            broadcasts);
  }

  /** The settings of one of its guests. */
  GuestSettings guest(
      Engine engine,
      Builtins builtins,
      Supplier<Optional<Snapshot>> base,
      Network network,
      Evaluated evaluated,
      WorkerOptions options) {
    var made = new AtomicReference<ProgramThreads>();
    ProgramThreads.Settings ofWorkers =
        worker -> worker(engine, builtins, base, worker, options, made.get());
    made.set(new ProgramThreads(this, options, ofWorkers));
    return settings(
        new Place(
            new ProgramModules(builtins, files, entry, kind),
            entry.toString(),
            startMessage(options).toString(),
            network,
            evaluated,
            Optional.empty()),
        engine,
        builtins,
        base,
        options,
        made.get());
  }

  /** What a guest is in a program: its first isolate, or one of its workers. */
  private record Place(
      ProgramModules modules,
      String entry,
      String start,
      Network network,
      Evaluated evaluated,
      Optional<Threads.Inherited> inherited) {}

  private GuestSettings worker(
      Engine engine,
      Builtins builtins,
      Supplier<Optional<Snapshot>> base,
      ProgramThreads.Worker worker,
      WorkerOptions options,
      ProgramThreads threads) {
    JsonObject start = startMessage(options);
    start.addProperty("kind", "node");
    start.addProperty("entry", worker.file().toString());
    worker.start().entrySet().forEach(field -> start.add(field.getKey(), field.getValue()));
    return settings(
        new Place(
            new ProgramModules(builtins, files, worker.file(), ProgramModules.Kind.NODE),
            worker.entry(),
            start.toString(),
            (_, _, opened) ->
                opened.failed("EACCES", "A worker of node:worker_threads may not open HTTP ports."),
            Evaluated.NONE,
            Optional.of(worker.inherited())),
        engine,
        builtins,
        base,
        options.withLimits(options.limits().withMemory(worker.memoryBytes())),
        threads);
  }

  private GuestSettings settings(
      Place place,
      Engine engine,
      Builtins builtins,
      Supplier<Optional<Snapshot>> base,
      WorkerOptions options,
      ProgramThreads threads) {
    return new GuestSettings(
        engine,
        options.limits(),
        options.jit(),
        options.turnLimits(),
        options.exchangeLimits(),
        options.maxTimers(),
        options.outgoing(),
        base,
        builtins,
        place.modules(),
        place.entry(),
        place.start(),
        place.network(),
        options.fetcher(),
        options.sockets(),
        bindings,
        options.decompressionLimits(),
        options.socketLimits(),
        ProgramLocality.of(options.environment()),
        place.evaluated(),
        services -> StandardHosts.of(services, options, broadcasts, threads, place.inherited()));
  }

  /** A digest of all that the program is given before it reads anything itself. */
  String key(Engine engine, Builtins builtins, WorkerOptions options) {
    return Sha256.of(
        String.join(
            "\n",
            engine.name(),
            builtins.digest(),
            options.limits().toString(),
            startMessage(options).toString()));
  }

  /** Names and kinds: values are asked for when the program uses them. */
  private static JsonArray bindings(WorkerOptions options) {
    var bindings = new JsonArray();
    options
        .bindings()
        .byName()
        .forEach(
            (name, binding) -> {
              var pair = new JsonArray();
              pair.add(name);
              pair.add(Bindings.kind(binding));
              bindings.add(pair);
            });
    return bindings;
  }

  /** What {@code internal/program.js} gets before the program's first line. */
  private JsonObject startMessage(WorkerOptions options) {
    var start = new JsonObject();
    start.addProperty("kind", kind == ProgramModules.Kind.WORKER ? "worker" : "node");
    start.addProperty("entry", entry.toString());
    start.addProperty("cwd", Path.of("").toAbsolutePath().toString());
    var arguments = new JsonArray();
    options.arguments().forEach(arguments::add);
    start.add("args", arguments);
    var environment = new JsonArray();
    options
        .environment()
        .forEach(
            (name, value) -> {
              var pair = new JsonArray();
              pair.add(name);
              pair.add(value);
              environment.add(pair);
            });
    start.add("env", environment);
    start.add("bindings", bindings(options));
    start.addProperty("origin", options.origin().map(URI::toString).orElse(""));
    return start;
  }
}
