package dev.runnel.runtime.worker;

import dev.runnel.engine.Interruption;
import dev.runnel.engine.IsolateException;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.guest.Guest;
import dev.runnel.runtime.guest.GuestEnd;
import dev.runnel.runtime.guest.GuestObserver;
import dev.runnel.runtime.guest.GuestSettings;
import dev.runnel.runtime.http.RequestHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One isolate's place in a worker: runs a guest on a thread of its own and starts another when a
 * limit or a crash has ended it. Safe from any thread.
 */
final class Slot {
  /** Makes the settings of the guest that joins the ports as that member. */
  private final Function<SharedPorts.Member, GuestSettings> settings;

  private final SharedPorts ports;
  private final WorkerObserver observer;
  private final String name;

  private final CompletableFuture<Boolean> answersFetch = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile @Nullable Guest guest;
  private volatile boolean serving;
  private volatile boolean closed;
  private final Restarts restarts = new Restarts();

  Slot(
      String name,
      Function<SharedPorts.Member, GuestSettings> settings,
      SharedPorts ports,
      WorkerObserver observer) {
    this.name = name;
    this.settings = settings;
    this.ports = ports;
    this.observer = observer;
  }

  void start() {
    var member = new SharedPorts.Member();
    var life = new Life(member);
    var chosen = settings.apply(member);
    var starting = new Guest(chosen, life);
    guest = starting;
    Thread.ofPlatform()
        .name(name)
        .stackSize(chosen.engine().threadStackBytes(chosen.limits()))
        .start(starting::run);
  }

  /** Completes when the program's entry has been evaluated for the first time. */
  CompletionStage<Boolean> answersFetch() {
    return answersFetch;
  }

  /** Completes with the program's exit code; a lost isolate that is replaced is no exit. */
  CompletionStage<Integer> exit() {
    return exit;
  }

  /** The isolate's fetch handler, while it serves. */
  Optional<RequestHandler> fetchHandler() {
    Guest running = guest;
    return serving && running != null ? Optional.of(running.fetchHandler()) : Optional.empty();
  }

  /** The guest that takes scheduled events, while it serves. */
  Optional<Guest> scheduledHandler() {
    Guest running = guest;
    return serving && running != null && running.handlesScheduled()
        ? Optional.of(running)
        : Optional.empty();
  }

  int openExchanges() {
    Guest running = guest;
    return running == null ? 0 : running.openExchanges();
  }

  /** Completes with whether the program handles that signal. */
  CompletionStage<Boolean> signal(String signal) {
    Guest running = guest;
    return running == null ? CompletableFuture.completedFuture(false) : running.signal(signal);
  }

  boolean isWorkingInBackground() {
    Guest running = guest;
    return running != null && running.isWorkingInBackground();
  }

  /** Takes no more requests, and ends when no background work is left. */
  void closeWhenDone() {
    closed = true;
    serving = false;
    Guest running = guest;
    if (running != null) {
      running.closeWhenDone();
    }
  }

  void close() {
    closed = true;
    Guest running = guest;
    if (running != null) {
      running.close();
      running.interrupt(new Interruption("closed", "The program was closed."));
    }
  }

  private void replaceAfter(Duration pause) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Thread.sleep(pause);
                if (closed) {
                  exit.complete(0);
                } else {
                  start();
                }
              } catch (InterruptedException e) {
                exit.complete(1);
              }
            });
  }

  /** One guest, from its start to its end. */
  private final class Life implements GuestObserver {
    private final SharedPorts.Member member;
    private long readyAt;
    private boolean ready;

    Life(SharedPorts.Member member) {
      this.member = member;
    }

    @Override
    public void ready(boolean fetch) {
      ready = true;
      readyAt = System.nanoTime();
      serving = true;
      answersFetch.complete(fetch);
    }

    @Override
    public void uncaught(ProgramError error) {
      observer.uncaught(error);
    }

    @Override
    public void ended(GuestEnd end) {
      serving = false;
      ports.leave(member);
      switch (end) {
        case GuestEnd.Exited(int code) -> finish(code);
        case GuestEnd.Closed() -> finish(0);
        case GuestEnd.FailedToStart(var error) -> failed(error);
        case GuestEnd.Lost(var cause, var wasServing) -> lost(cause, wasServing);
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
        observer.uncaught(error);
        startedInVain();
      }
    }

    private void lost(IsolateException cause, boolean wasServing) {
      String sentence = withCause(String.valueOf(cause.getMessage()), cause);
      if (closed) {
        finish(0);
      } else if (!answersFetch.isDone()) {
        failed(new ProgramError(sentence, ""));
      } else {
        observer.isolateLost(limit(cause), sentence);
        if (!ready) {
          startedInVain();
        } else if (wasServing) {
          replaceAfter(restarts.afterLoss(Duration.ofNanos(System.nanoTime() - readyAt)));
        } else {
          // A script would only do again what it had done.
          exit.complete(1);
        }
      }
    }

    private void startedInVain() {
      restarts.afterFailedStart().ifPresentOrElse(Slot.this::replaceAfter, () -> exit.complete(1));
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
}
