package dev.runnel.runtime.worker;

import dev.runnel.engine.Interruption;
import dev.runnel.engine.IsolateException;
import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.guest.Guest;
import dev.runnel.runtime.guest.GuestSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One isolate's place in a pool: runs a guest on a thread of its own and starts another when a
 * limit or a crash has ended it. Safe from any thread.
 */
final class Slot {

  /** What a slot tells its pool. From any thread. */
  interface Owner {
    WorkerObserver observer();

    /** Its isolate takes requests from now on. */
    void ready(Slot slot);

    /** A request has waited so long for the isolate's thread. */
    void waited(long nanos);

    /** A request that the isolate had taken is over. */
    void freed();

    /** The isolate holds more than it should after so many requests. */
    void full(Slot slot);

    /** There won't be another isolate here. */
    void over(Slot slot);
  }

  /** Makes the settings of the guest that joins the ports as that member. */
  private final Function<SharedPorts.Member, GuestSettings> settings;

  private final SharedPorts ports;
  private final PoolOptions options;
  private final Owner owner;
  private final String name;

  private final CompletableFuture<Boolean> answersFetch = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Restarts restarts = new Restarts();
  private volatile @Nullable Life life;
  private volatile boolean closed;

  Slot(
      String name,
      Function<SharedPorts.Member, GuestSettings> settings,
      SharedPorts ports,
      PoolOptions options,
      Owner owner) {
    this.name = name;
    this.settings = settings;
    this.ports = ports;
    this.options = options;
    this.owner = owner;
    var _ = exit.thenRun(() -> owner.over(this));
  }

  void start() {
    var starting = new Life(this, options, owner);
    var chosen = settings.apply(starting.member());
    var guest = new Guest(chosen, starting);
    starting.leads(guest);
    life = starting;
    Thread.ofPlatform()
        .name(name)
        .stackSize(chosen.engine().threadStackBytes(chosen.limits()))
        .start(guest::run);
    if (closed) {
      close();
    }
  }

  /** Starts one that is known to run: a start that fails is tried again, as after a crash. */
  void startLike(boolean answering) {
    answersFetch.complete(answering);
    start();
  }

  /** Completes when the program's entry has been evaluated for the first time. */
  CompletionStage<Boolean> answersFetch() {
    return answersFetch;
  }

  /** Completes with the program's exit code; a lost isolate that is replaced is no exit. */
  CompletionStage<Integer> exit() {
    return exit;
  }

  boolean isOver() {
    return exit.isDone();
  }

  boolean isClosed() {
    return closed;
  }

  /** The isolate that starts here for the first time. */
  Optional<Life> starting() {
    Life now = life;
    return now != null && now.isStarting() ? Optional.of(now) : Optional.empty();
  }

  /** True while an isolate starts here, is to start, or waits for requests. */
  boolean isUnused() {
    return isStarting() || !closed && serving().isPresent();
  }

  /** The isolate that takes requests now. */
  Optional<Life> serving() {
    Life now = life;
    return now != null && now.isServing() ? Optional.of(now) : Optional.empty();
  }

  /** True while an isolate starts here, or is to start. */
  boolean isStarting() {
    Life now = life;
    return !isOver() && !closed && (now == null || !now.hasBeenReady() || now.isLost());
  }

  /** The guest that takes scheduled events, while it serves. */
  Optional<Guest> scheduledHandler() {
    return serving().map(Life::guest).filter(Guest::handlesScheduled);
  }

  /** Completes with whether the program handles that signal. */
  CompletionStage<Boolean> signal(String signal) {
    Life running = life;
    return running == null
        ? CompletableFuture.completedFuture(false)
        : running.guest().signal(signal);
  }

  boolean isWorkingInBackground() {
    Life running = life;
    return running != null && running.guest().isWorkingInBackground();
  }

  /** Takes no more requests, and ends when no background work is left. */
  void closeWhenDone() {
    closed = true;
    Life running = life;
    if (running != null) {
      running.stopServing();
      running.guest().closeWhenDone();
    }
  }

  /**
   * Takes no more requests and ends when those that it has are over, and what they left behind; or
   * when the time for that is.
   */
  void retire() {
    closed = true;
    Life running = life;
    if (running != null) {
      running.retire();
    }
    Future<?> deadline = PoolClock.after(options.drain(), this::close);
    var _ = exit.thenRun(() -> deadline.cancel(false));
  }

  void close() {
    closed = true;
    Life running = life;
    if (running != null) {
      running.stopServing();
      running.guest().close();
      running.guest().interrupt(new Interruption("closed", "The program was closed."));
    }
  }

  private void replaceAfter(Duration pause) {
    PoolClock.after(
        pause,
        () -> {
          if (closed) {
            exit.complete(0);
          } else {
            start();
          }
        });
  }

  /** From the isolate's thread. */
  void ready(boolean fetch) {
    answersFetch.complete(fetch);
    owner.ready(this);
  }

  /** From the isolate's thread. */
  void ended(Life over, GuestEnd end) {
    ports.leave(over.member());
    switch (end) {
      case GuestEnd.Exited(int code) -> finish(code);
      case GuestEnd.Closed() -> finish(0);
      case GuestEnd.FailedToStart(var error) -> failed(error);
      case GuestEnd.Lost(var cause, var wasServing) -> lost(over, cause, wasServing);
    }
  }

  private void finish(int code) {
    answersFetch.complete(false);
    exit.complete(code);
  }

  private void failed(ProgramError error) {
    if (answersFetch.completeExceptionally(new WorkerException(error))) {
      exit.complete(1);
    } else {
      owner.observer().uncaught(error);
      startedInVain();
    }
  }

  private void lost(Life over, IsolateException cause, boolean wasServing) {
    String sentence = withCause(String.valueOf(cause.getMessage()), cause);
    boolean wasClosed =
        cause instanceof IsolateException.TimedOut timedOut
            && timedOut.reason().limit().equals("closed");
    if (closed && wasClosed) {
      finish(0);
    } else if (!answersFetch.isDone()) {
      failed(new ProgramError(sentence, ""));
    } else {
      owner.observer().isolateLost(limit(cause), sentence);
      goOn(over, wasServing);
    }
  }

  private void goOn(Life over, boolean wasServing) {
    if (closed) {
      finish(0);
    } else if (!over.hasBeenReady()) {
      startedInVain();
    } else if (wasServing) {
      replaceAfter(restarts.afterLoss(over.served()));
    } else {
      // A script would only do again what it had done.
      exit.complete(1);
    }
  }

  private void startedInVain() {
    restarts.afterFailedStart().ifPresentOrElse(this::replaceAfter, () -> exit.complete(1));
  }

  private static String withCause(String sentence, IsolateException lost) {
    Throwable cause = lost.getCause();
    return cause == null ? sentence : sentence + " (" + cause + ")";
  }

  private static String limit(IsolateException cause) {
    return switch (cause) {
      case IsolateException.TimedOut timedOut -> timedOut.reason().limit();
      case IsolateException.OutOfMemory _ -> "memory";
      case IsolateException.Exited _, IsolateException.Crashed _, IsolateException.Closed _ -> "";
    };
  }
}
