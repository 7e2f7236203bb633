package dev.runnel.cli;

import dev.runnel.cli.OptionValues.Caching;
import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.kv.KvNamespace;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.runtime.worker.WorkerStatus;
import dev.runnel.server.assets.Assets;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One app of a {@code runnel.toml}, from its start to its end. A program that has ended is started
 * again, sooner or later by how long it had run. Safe from any thread.
 */
final class HostedApp implements RequestHandler {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Node programs often listen only when they have opened a database or read a file. */
  private static final Duration PATIENCE_FOR_PORT = Duration.ofSeconds(30);

  /** What all apps share. */
  record Surroundings(
      OpenStores stores,
      Function<String, RequestHandler> services,
      Idling idling,
      Operating operating,
      Consumer<String> log) {}

  /** A program that runs, and what it has open. */
  private record Running(HostedProgram program, Optional<Assets> assets, Deque<Runnable> closers) {
    Optional<RequestHandler> door() {
      return assets.isEmpty() ? program.door() : program.door().map(assets.get()::before);
    }

    void close() {
      closers.forEach(Runnable::run);
    }
  }

  private final AppSettings settings;
  private final Surroundings surroundings;
  private final AppOutput output;
  private volatile @Nullable Running running;
  private volatile boolean closed;
  private Duration pause = SHORTEST_PAUSE;

  HostedApp(AppSettings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.output =
        new AppOutput(settings.name(), settings.logRate(), System::nanoTime, surroundings.log());
  }

  AppSettings settings() {
    return settings;
  }

  boolean isRunning() {
    return running != null;
  }

  /** Empty while it doesn't run. */
  Optional<WorkerStatus> status() {
    Running now = running;
    return now == null ? Optional.empty() : now.program().status();
  }

  /** A sentence about it on the log. */
  void say(String sentence) {
    output.say(sentence);
  }

  /**
   * Evaluates its program, in all its isolates.
   *
   * @throws WorkerException when that fails, or a store or secret can't be read
   */
  void start() throws WorkerException, InterruptedException {
    Deque<Runnable> closers = new ArrayDeque<>();
    try {
      Optional<Assets> assets = assets();
      if (WasmFlags.areFor(settings.program())) {
        running = new Running(wasm(closers), assets, closers);
        return;
      }
      HostedScript script = script(closers);
      Running now = new Running(script, assets, closers);
      running = now;
      Instant began = Instant.now();
      var _ = script.worker().exit().thenAccept(code -> ended(now, code, began));
    } catch (WorkerException | InterruptedException | RuntimeException e) {
      closers.forEach(Runnable::run);
      throw e;
    }
  }

  private HostedWasm wasm(Deque<Runnable> closers) throws WorkerException, InterruptedException {
    HostedWasm wasm = HostedWasm.load(settings.program(), settings.options(), output);
    closers.push(wasm.handler()::close);
    return wasm;
  }

  private HostedScript script(Deque<Runnable> closers)
      throws WorkerException, InterruptedException {
    HostedNetwork network = new HostedNetwork(surroundings.idling());
    Worker worker = Worker.load(settings.program(), options(network, closers));
    closers.push(worker::close);
    HostedScript script = new HostedScript(worker, network);
    if (!settings.routes().isEmpty()) {
      awaitPort(script);
    }
    checkUse(script);
    CronClock clock = CronClock.of(settings.crons(), (cron, time) -> due(worker, cron, time));
    closers.push(clock::close);
    return script;
  }

  private Optional<Assets> assets() throws WorkerException {
    if (settings.assets().isEmpty()) {
      return Optional.empty();
    }
    Path folder = settings.assets().get();
    try {
      return Optional.of(new Assets(folder));
    } catch (IOException e) {
      throw new WorkerException("The folder %s of its assets can't be read.".formatted(folder));
    }
  }

  /** Until the program listens, if it doesn't answer fetch, or has ended. */
  private static void awaitPort(HostedScript now) throws InterruptedException {
    if (now.worker().answersFetch()) {
      return;
    }
    var listensOrEnds =
        CompletableFuture.anyOf(
            now.network().opened().toCompletableFuture(),
            now.worker().exit().toCompletableFuture());
    try {
      listensOrEnds.get(PATIENCE_FOR_PORT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      // That it has no port is told as for one that has ended.
    } catch (ExecutionException e) {
      throw new IllegalStateException("Neither of both ever fails.", e);
    }
  }

  private void checkUse(HostedScript now) throws WorkerException {
    if (!settings.routes().isEmpty() && now.door().isEmpty()) {
      throw new WorkerException(
          "%s has no fetch handler and listens on no port.".formatted(settings.program()));
    }
    if (!settings.crons().isEmpty() && !now.worker().handlesScheduled()) {
      throw new WorkerException(
          "There is a cron, and %s has no scheduled handler.".formatted(settings.program()));
    }
  }

  private WorkerOptions options(HostedNetwork network, Deque<Runnable> closers)
      throws WorkerException {
    Egress egress = settings.egress().without(servers());
    var fetcher = new JettyFetcher(egress);
    closers.push(fetcher::close);
    WorkerOptions options =
        settings
            .options()
            .withNetwork(network)
            .withFetcher(surroundings.operating().traced(fetcher))
            .withSockets(settings.options().sockets().withEgress(egress))
            .withBindings(bindings(closers))
            .withOutput(new WorkerOptions.Output(output, output))
            .withObserver(new Told());
    return SnapshotFolder.in(System.getenv()).map(options::withSnapshots).orElse(options);
  }

  private List<InetSocketAddress> servers() {
    return Stream.concat(
            settings.namespaces().stream().map(Variable::value).filter(Bound::isServer),
            settings.cache().flatMap(Caching::server).stream())
        .flatMap(Bound::addresses)
        .toList();
  }

  private Bindings bindings(Deque<Runnable> closers) throws WorkerException {
    SequencedMap<String, Binding> named = new LinkedHashMap<>();
    settings.json().forEach(one -> named.put(one.name(), new Binding.Json(one.value())));
    for (NamedFile secret : settings.secrets()) {
      named.put(secret.name(), new Binding.Secret(text(secret)));
    }
    for (Variable namespace : settings.namespaces()) {
      var lease =
          surroundings
              .stores()
              .namespace(namespace.name(), namespace.value(), settings.kvLimits().totalBytes());
      closers.push(lease.release());
      named.put(
          namespace.name(), new Binding.Kv(new KvNamespace(lease.store(), settings.kvLimits())));
    }
    for (Map.Entry<String, String> service : settings.services().entrySet()) {
      named.put(
          service.getKey(), new Binding.Service(surroundings.services().apply(service.getValue())));
    }
    Bindings bindings = new Bindings(named);
    if (settings.cache().isEmpty()) {
      return bindings;
    }
    var caches = surroundings.stores().caches(settings.name(), settings.cache().get());
    closers.push(caches.release());
    return bindings.withCaches(caches.store());
  }

  /** The file's text without the line end that editors leave. */
  private static String text(NamedFile secret) throws WorkerException {
    try {
      return Files.readString(secret.file()).replaceFirst("\\r?\\n$", "");
    } catch (IOException e) {
      throw new WorkerException(
          "The secret %s can't be read from %s.".formatted(secret.name(), secret.file()));
    }
  }

  @Override
  public Ticket handle(WorkerRequest request, ResponseSink sink) {
    Running now = running;
    Optional<RequestHandler> door = now == null ? Optional.empty() : now.door();
    if (door.isEmpty()) {
      sink.fail(
          new ResponseFailure(503, "", "The app %s isn't running.".formatted(settings.name())));
      return () -> {};
    }
    return door.get().handle(request, sink);
  }

  private void due(Worker worker, CronSchedule cron, Instant time) {
    var _ =
        worker
            .schedule(cron.toString(), time)
            .thenAccept(
                succeeded -> {
                  if (!succeeded) {
                    say("The event of \"%s\" at %s failed.".formatted(cron, time));
                  }
                });
  }

  /** It ended by itself, or its isolates couldn't be started any more. */
  private void ended(Running over, int code, Instant began) {
    if (closed) {
      return;
    }
    Duration lived = Duration.between(began, Instant.now());
    synchronized (this) {
      if (lived.compareTo(LONGEST_PAUSE) > 0) {
        pause = SHORTEST_PAUSE;
      }
    }
    say("The program has ended with exit code %d and is started again.".formatted(code));
    Thread.startVirtualThread(
        () -> {
          over.close();
          startAgain();
        });
  }

  private void startAgain() {
    try {
      while (!closed) {
        Thread.sleep(longerPause());
        try {
          start();
          if (closed) {
            close();
          }
          return;
        } catch (WorkerException e) {
          say("It can't be started: " + ProgramRun.shown(e.error()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Duration longerPause() {
    Duration now = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return now;
  }

  /** Ends it when what is in flight has ended, or the time for that is over. Blocks. */
  void retire(Duration atMost) throws InterruptedException {
    closed = true;
    Running now = running;
    if (now != null) {
      now.program().drain(atMost);
      now.close();
    }
  }

  void close() {
    closed = true;
    Running now = running;
    if (now != null) {
      now.close();
    }
  }

  /** Writes what the program did not catch, among its own output. */
  private final class Told implements WorkerObserver {
    @Override
    public void uncaught(ProgramError error) {
      ProgramRun.uncaughtText(error).lines().forEach(HostedApp.this::say);
    }

    @Override
    public void isolateReady(Duration took) {
      surroundings.operating().isolateReady(took);
    }

    @Override
    public void isolateLost(String limit, String sentence) {
      surroundings.operating().isolateLost(limit);
      say(limit.isEmpty() ? sentence : sentence + " Runnel-Limit: " + limit);
    }
  }
}
