package dev.runnel.wasi;

import dev.runnel.runtime.binding.BodyInput;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.Charge;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.limit.TurnWatch;
import dev.runnel.runtime.worker.PoolOptions;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program as a request handler, by CGI (RFC 3875): each request is answered by a fresh instance,
 * which reads the body on standard input and writes the answer on standard output.
 *
 * <p>Safe from any thread. Each instance runs on a thread of its own.
 */
public final class CgiHandler implements RequestHandler, AutoCloseable {
  private static final int MOST_REDIRECTS = 10;
  private static final String ENDED = "The program has ended.";

  private final WasiProgram program;
  private final WasiOptions options;
  private final Limits limits;
  private final OutputStream err;
  private final Queue<Running> queue = new ArrayDeque<>();
  private final Set<Running> running = new HashSet<>();

  /**
   * How much requests may take.
   *
   * @param admission how many run at once, and how many wait for how long: 503 for others
   * @param turns processor time of a request: 503
   */
  public record Limits(PoolOptions.Admission admission, TurnLimits turns) {}

  /**
   * @param options what each instance is given; its arguments, and variables besides those of CGI;
   *     standard error is where all of them write theirs
   */
  public CgiHandler(WasiProgram program, WasiOptions options, Limits limits) {
    this.program = program;
    this.options = options;
    this.limits = limits;
    this.err = options.streams().err();
  }

  @Override
  public Ticket handle(WorkerRequest request, ResponseSink sink) {
    Running one = new Running(request, sink);
    boolean runs;
    boolean waits;
    synchronized (queue) {
      runs = running.size() < limits.admission().requests();
      waits = !runs && queue.size() < limits.admission().queue();
      if (runs) {
        running.add(one);
      } else if (waits) {
        queue.add(one);
      }
    }
    if (runs) {
      one.start();
    } else if (waits) {
      CompletableFuture.delayedExecutor(
              limits.admission().patience().toNanos(), TimeUnit.NANOSECONDS)
          .execute(() -> expire(one));
    } else {
      one.refuse(
          "queue",
          "%d requests are in flight and %d wait, as many as may."
              .formatted(limits.admission().requests(), limits.admission().queue()));
    }
    return one;
  }

  private void expire(Running one) {
    boolean waited;
    synchronized (queue) {
      waited = queue.remove(one);
    }
    if (waited) {
      one.refuse(
          "queue-wait",
          "The request waited %d ms, as long as it may."
              .formatted(limits.admission().patience().toMillis()));
    }
  }

  /** A thread has become free: it goes to whoever waits longest. */
  private void next(Running done) {
    Running one;
    synchronized (queue) {
      running.remove(done);
      one = queue.poll();
      if (one != null) {
        running.add(one);
      }
      queue.notifyAll();
    }
    if (one != null) {
      one.start();
    }
  }

  /** Waits until no request is in flight, or for that long. */
  public void drain(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (queue) {
      for (long left = atMost.toNanos(); !running.isEmpty() && left > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(queue, left);
        left = end - System.nanoTime();
      }
    }
  }

  /** Cuts off what is in flight and refuses what waits. */
  @Override
  public void close() {
    List<Running> cut;
    List<Running> waiting;
    synchronized (queue) {
      cut = List.copyOf(running);
      waiting = List.copyOf(queue);
      queue.clear();
    }
    cut.forEach(one -> one.cut(new ResponseFailure(503, "", ENDED)));
    waiting.forEach(one -> one.refuse("", ENDED));
  }

  /** One request. */
  private final class Running implements Ticket {
    private final ResponseSink sink;
    private WorkerRequest request;
    private @Nullable WasiInstance instance;
    private boolean isGone;
    private volatile Optional<ResponseFailure> cut = Optional.empty();

    Running(WorkerRequest request, ResponseSink sink) {
      this.request = request;
      this.sink = sink;
    }

    void start() {
      WasiInstance.thread("wasi-request", options, this::run).start();
    }

    void refuse(String limit, String sentence) {
      request.body().cancel();
      sink.fail(new ResponseFailure(503, limit, sentence));
    }

    @Override
    public void clientGone() {
      boolean waited;
      synchronized (queue) {
        waited = queue.remove(this);
      }
      if (waited) {
        request.body().cancel();
      }
      WasiInstance now;
      synchronized (this) {
        isGone = true;
        now = instance;
      }
      if (now != null) {
        now.interrupt();
      }
    }

    private void run() {
      try (var watch =
          TurnWatch.start(
              limits.turns(),
              () -> Charge.NOBODY,
              why -> cut(new ResponseFailure(503, "cpu-time", why.sentence())),
              () -> 0)) {
        watch.turnBegins();
        answer();
        watch.turnEnds();
      } catch (RuntimeException | Error e) {
        fail(500, "", "This is a mistake of Runnel's, please report it: %s.".formatted(e));
      } finally {
        next(this);
      }
    }

    private void cut(ResponseFailure why) {
      cut = Optional.of(why);
      WasiInstance now;
      synchronized (this) {
        now = instance;
      }
      if (now != null) {
        now.interrupt();
      }
    }

    private void answer() {
      for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        CgiOutput output = new CgiOutput(sink);
        if (!isAnsweredBy(output)) {
          return;
        }
        Optional<String> redirect = output.head().flatMap(CgiHead::redirect);
        if (redirect.isEmpty()) {
          output.end();
          return;
        }
        request = CgiVariables.redirected(request, redirect.get());
      }
      fail(
          500,
          "",
          "The program redirected a request more than %d times.".formatted(MOST_REDIRECTS));
    }

    /** Whether the program has ended with an answer; if not, the failure has been told. */
    private boolean isAnsweredBy(CgiOutput output) {
      Optional<SequencedMap<String, String>> variables = CgiVariables.of(request);
      if (variables.isEmpty()) {
        fail(400, "", "The path of the request can't be told to a program.");
        return false;
      }
      try (var body = new BodyInput(request.body());
          WasiInstance made = program.instance(given(variables.get(), body, output))) {
        if (!begins(made)) {
          cut.ifPresent(sink::fail);
          return false;
        }
        return isEndedWell(made.run(), output);
      } catch (WasiException e) {
        fail(503, "memory", String.valueOf(e.getMessage()));
        return false;
      }
    }

    private synchronized boolean begins(WasiInstance made) {
      instance = made;
      return !isGone && cut.isEmpty();
    }

    private WasiOptions given(
        SequencedMap<String, String> variables, BodyInput body, CgiOutput output) {
      SequencedMap<String, String> all = new LinkedHashMap<>(options.environment());
      all.putAll(variables);
      return options
          .withEnvironment(all)
          .withStreams(new WasiOptions.Streams(body, output, err, WasiOptions.Terminal.NO));
    }

    private boolean isEndedWell(Outcome outcome, CgiOutput output) {
      Optional<String> mistake = output.mistake();
      switch (outcome) {
        case Outcome.Exited(int code) -> {
          if (mistake.isEmpty() && output.head().isPresent()) {
            return true;
          }
          fail(
              500,
              "",
              mistake.orElse("The program ended with %d and without a head.".formatted(code)));
        }
        case Outcome.Trapped(String sentence) ->
            fail(500, "", "The program trapped: %s.".formatted(sentence));
        case Outcome.Interrupted() -> cut.ifPresent(sink::fail);
        case Outcome.Returned _ -> throw new IllegalStateException("Only reactors return.");
      }
      return false;
    }

    private void fail(int status, String limit, String sentence) {
      sink.fail(new ResponseFailure(status, limit, sentence));
    }
  }
}
