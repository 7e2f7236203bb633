package dev.runnel.cli;

import dev.runnel.cli.OptionValues.PortMapping;
import dev.runnel.cli.log.LogRate;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.LogText;
import dev.runnel.server.ServerOptions;
import dev.runnel.server.assets.Assets;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One program from its loading to its exit code. Waits on the calling thread; isolates, requests
 * and signals come on their own and only ever complete {@link #end}.
 */
final class ProgramRun {
  /** How long open requests may go on after a signal. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /** A program that has not looked at a signal by then is too busy to handle it. */
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Path file;
  private final WorkerOptions options;
  private final BindingOptions bindings;
  private final Doors doors;
  private final PrintWriter err;
  private final JettyNetwork network;
  private final Network mapped;
  private final Operating operating;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final CompletableFuture<Worker> running = new CompletableFuture<>();
  private Consumer<List<String>> ready = _ -> {};

  /**
   * How a program is reached.
   *
   * @param listen where a worker is served
   * @param assets a folder whose files a worker is not asked for
   */
  record Doors(
      InetSocketAddress listen,
      List<PortMapping> ports,
      List<CronSchedule> crons,
      Optional<Path> assets,
      ServerFlags server) {}

  ProgramRun(
      Path file, WorkerOptions options, BindingOptions bindings, Doors doors, PrintWriter err) {
    this.file = file;
    this.options = options;
    this.bindings = bindings;
    this.doors = doors;
    this.err = err;
    this.operating = doors.server().operating();
    this.network = new JettyNetwork(doors.server().options(ServerOptions.DEFAULT, this::say));
    this.mapped =
        doors.ports().isEmpty() ? network : new MappedNetwork(network, doors.ports(), this::mapped);
  }

  /** Tells when requests may come, or a script has been loaded: the URLs of its ports. */
  ProgramRun tellingReady(Consumer<List<String>> told) {
    ready = told;
    return this;
  }

  /** The exit code. */
  int run() throws InterruptedException {
    Signals signals = Signals.handledBy(this::signalled);
    try (network;
        operating;
        Bound bound = bindings.open(runOptions())) {
      ProgramPlace.checkThere(file);
      Worker worker = Worker.load(file, bound.options());
      running.complete(worker);
      openAdmin(worker);
      try (worker) {
        checkSchedules(worker);
        if (worker.answersFetch()) {
          mapped.listen(doors.listen(), served(worker), new Announced());
        } else {
          ready.accept(worker.addresses().stream().map(at -> url(at, doors.server())).toList());
        }
        var _ = worker.exit().thenAccept(end::complete);
        try (var _ = CronClock.of(doors.crons(), (cron, time) -> due(worker, cron, time))) {
          return end.get();
        }
      }
    } catch (WorkerException e) {
      say(shown(e.error()));
      return 1;
    } catch (IllegalArgumentException e) {
      // An engine that is not there, for one: WorkerOptions' own words.
      say("runnel: " + e.getMessage());
      return Main.USAGE;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a program is never a failure.", e);
    } finally {
      signals.close();
    }
  }

  /**
   * Ends the program as a signal does that it does not handle: requests in flight may end first.
   * Whoever asks twice does not want to wait for them, and a program that is still loading has
   * none.
   */
  void stop(int exitCode) {
    stop(exitCode, exitCode);
  }

  private void stop(int atOnce, int exitCode) {
    if (!stopping.compareAndSet(false, true) || !running.isDone()) {
      Runtime.getRuntime().halt(atOnce);
    }
    Thread.startVirtualThread(
        () -> {
          try {
            operating.leave();
            if (!network.drain(DRAIN)) {
              say(
                  "runnel: Requests were still open after %d s and were cut off."
                      .formatted(DRAIN.toSeconds()));
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          end.complete(exitCode);
        });
  }

  private RequestHandler served(Worker worker) throws WorkerException {
    Optional<Assets> assets = assets();
    return assets.isPresent() ? assets.get().before(worker.handler()) : worker.handler();
  }

  private Optional<Assets> assets() throws WorkerException {
    if (doors.assets().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Assets(doors.assets().get()));
    } catch (IOException e) {
      throw new WorkerException(
          "The folder %s of --assets can't be read.".formatted(doors.assets().get()));
    }
  }

  private void openAdmin(Worker worker) {
    operating.pool(
        "isolates", "Isolates, those that start included.", () -> worker.status().isolates());
    operating.pool(
        "isolates_serving", "Isolates that take requests.", () -> worker.status().serving());
    operating.pool(
        "queue_requests",
        "Requests that no isolate has taken yet.",
        () -> worker.status().waiting());
    try {
      operating
          .open(() -> worker.status().serving() > 0)
          .ifPresent(
              address ->
                  say(
                      "The admin port is at http://%s:%d/"
                          .formatted(address.getHostString(), address.getPort())));
    } catch (IOException e) {
      say("runnel: The admin port can't be opened: %s.".formatted(e.getMessage()));
      end.complete(1);
    }
  }

  /** A handler that nobody calls, or a schedule that nobody handles, is a mistake. */
  private void checkSchedules(Worker worker) throws WorkerException {
    boolean isServed = worker.answersFetch() || !worker.addresses().isEmpty();
    if (!doors.crons().isEmpty() && !worker.handlesScheduled()) {
      throw new WorkerException(
          "There is a --cron, and %s has no scheduled handler.".formatted(file));
    }
    if (doors.crons().isEmpty() && worker.handlesScheduled() && !isServed) {
      throw new WorkerException(
          "%s handles scheduled events only: name a schedule with --cron, or use `runnel trigger`."
              .formatted(file));
    }
  }

  private void due(Worker worker, CronSchedule cron, Instant time) {
    var _ =
        worker
            .schedule(cron.toString(), time)
            .thenAccept(
                succeeded -> {
                  if (!succeeded) {
                    say("runnel: The event of \"%s\" at %s failed.".formatted(cron, time));
                  }
                });
  }

  private WorkerOptions runOptions() throws WorkerException {
    Optional<Assets> assets = assets();
    Network opening = assets.isPresent() ? new AssetNetwork(mapped, assets.get()) : mapped;
    return options
        .withNetwork(opening)
        .withFetcher(operating.traced(options.fetcher()))
        .withObserver(new Told());
  }

  private void mapped(int inner, InetSocketAddress outer) {
    say("Port %d of the program is at %s".formatted(inner, url(outer, doors.server())));
  }

  /** A signal that comes while the program is loaded waits for it, but not for long. */
  private void signalled(Signals.Signal signal) {
    var _ =
        running
            .thenCompose(worker -> worker.signal(signal.name()))
            .completeOnTimeout(false, BUSY.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(
                handled -> {
                  if (!handled) {
                    obey(signal);
                  }
                });
  }

  private void obey(Signals.Signal signal) {
    Worker worker = running.getNow(null);
    boolean serves = worker != null && (worker.answersFetch() || !worker.addresses().isEmpty());
    if (signal.name().equals(Signals.RELOAD) && serves) {
      Thread.startVirtualThread(() -> reload(worker));
    } else {
      stop(signal.exitCode(), serves ? signal.served() : signal.exitCode());
    }
  }

  /** Reads the program's files again, if it serves by now. */
  void reload() {
    Worker worker = running.getNow(null);
    if (worker != null && (worker.answersFetch() || !worker.addresses().isEmpty())) {
      reload(worker);
    }
  }

  private void reload(Worker worker) {
    try {
      worker.reload();
      say("runnel: The program was reloaded.");
    } catch (WorkerException e) {
      say("runnel: The program goes on as it was, because it can't be reloaded:");
      say(shown(e.error()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) {
    synchronized (err) {
      err.println(text);
      err.flush();
    }
  }

  /** An error of the program as it stands on a terminal; a mere sentence says who speaks. */
  static String shown(ProgramError error) {
    return error.stack().isEmpty() ? "runnel: " + error.summary() : uncaughtText(error);
  }

  static String uncaughtText(ProgramError error) {
    StringBuilder text = new StringBuilder("Uncaught ").append(error.summary());
    error.stack().lines().forEach(frame -> text.append("\n    ").append(frame.strip()));
    return text.toString();
  }

  static String url(InetSocketAddress address, ServerFlags server) {
    var ip = address.getAddress();
    String host = ip.isAnyLocalAddress() ? "127.0.0.1" : ip.getHostAddress();
    return "%s://%s:%d/"
        .formatted(
            server.isEncrypted() ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            address.getPort());
  }

  /** Says where a worker is served, or why it cannot be. */
  private final class Announced implements Network.Opened {
    @Override
    public void listening(Network.Listener listener) {
      String url = url(listener.address(), doors.server());
      say("Listening on " + url);
      ready.accept(List.of(url));
    }

    @Override
    public void failed(String code, String message) {
      say("runnel: The worker cannot be served: %s.".formatted(message));
      end.complete(1);
    }
  }

  /**
   * Writes what the program did not catch, at a limited rate: whoever sends requests can cause it.
   * What the program writes itself is its output, and all of it leaves.
   */
  private final class Told implements WorkerObserver {
    private final LogRate rate = new LogRate(LogRate.USUAL, System::nanoTime);

    @Override
    public void uncaught(ProgramError error) {
      note(uncaughtText(error));
    }

    @Override
    public void isolateReady(Duration took) {
      operating.isolateReady(took);
    }

    @Override
    public void isolateLost(String limit, String sentence) {
      operating.isolateLost(limit);
      note("runnel: " + LogText.oneLine(sentence));
    }

    private void note(String text) {
      OptionalLong leftOut = rate.admit(text.length() + 1L);
      if (leftOut.isEmpty()) {
        return;
      }
      if (leftOut.getAsLong() > 0) {
        say("runnel: " + LogRate.sentence(leftOut.getAsLong()));
      }
      say(text);
    }
  }
}
