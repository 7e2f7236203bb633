package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.WorkerRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * A running program: a pool of isolates that evaluate it and share its ports and requests. Safe
 * from any thread.
 */
public final class Worker implements AutoCloseable {
  private static final IsolatePool.Door FETCH =
      new IsolatePool.Door() {
        @Override
        public Optional<RequestHandler> in(Life life) {
          return Optional.of(life.guest().fetchHandler());
        }

        @Override
        public boolean mayOpen() {
          return false;
        }
      };

  private final Path file;
  private final WorkerOptions options;
  private final SharedPorts ports;
  private final IsolatePool pool;
  private final Object reloading = new Object();
  private volatile Evaluation evaluation;

  private Worker(Path file, WorkerOptions given) throws WorkerException {
    var first = Evaluation.of(file, given);
    this.file = file;
    // The caches are this worker's, however often its program is read anew.
    this.options = given.withBindings(first.program().bindings());
    this.evaluation = first;
    this.ports = new SharedPorts(given.network());
    this.pool = new IsolatePool(given.pool(), given.requestLimits(), given.observer());
    ports.leadTo(pool);
    var _ = pool.exit().thenRun(ports::closeAll);
  }

  /**
   * Evaluates a program in every isolate and returns when that is done, top-level await included.
   *
   * @param program a JavaScript file, or a folder whose {@code package.json} names one
   * @throws WorkerException when it can't be read, is no JavaScript, or throws
   * @throws IllegalArgumentException when the engine isn't there, or has no sandbox and the program
   *     isn't trusted, or when the environment's {@code TZ} is no time zone
   */
  public static Worker load(Path program, WorkerOptions options)
      throws WorkerException, InterruptedException {
    var worker = new Worker(program, options);
    try {
      var _ = worker.pool.replaceWith(worker.slotsOf(worker.evaluation));
      return worker;
    } catch (WorkerException | InterruptedException | RuntimeException e) {
      worker.ports.closeAll();
      throw e;
    }
  }

  /**
   * Reads the program's files again and evaluates them in isolates that take over from the present
   * ones when all of them are ready. No request is lost: those in flight end where they began.
   *
   * @throws WorkerException when the program can't be read or evaluated now; the present isolates
   *     go on
   */
  public void reload() throws WorkerException, InterruptedException {
    synchronized (reloading) {
      var next = Evaluation.of(file, options);
      var _ = pool.replaceWith(slotsOf(next)).thenRun(ports::closeUnused);
      evaluation = next;
    }
  }

  private IntFunction<Slot> slotsOf(Evaluation from) {
    return number ->
        new Slot(
            "runnel-isolate-" + number,
            member -> from.guest(ports, member),
            ports,
            options.pool(),
            pool);
  }

  /** True when the program handles {@code fetch}, by a default export or an event listener. */
  public boolean answersFetch() {
    return pool.answersFetch();
  }

  /** True while the program handles scheduled events, by its default export or a listener. */
  public boolean handlesScheduled() {
    return pool.scheduledHandler().isPresent();
  }

  /**
   * Sends the program a scheduled event, in the isolate with the fewest requests.
   *
   * @param cron the schedule as it was written, which the program sees as {@code event.cron}
   * @param time when the event was due: {@code event.scheduledTime}
   * @return completes when the handler and all that it gave to {@code waitUntil} are over: with
   *     false when any of it failed, or nothing handles such events
   */
  public CompletionStage<Boolean> schedule(String cron, Instant time) {
    return pool.scheduledHandler()
        .map(guest -> guest.schedule(cron, time))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  /** The ports that the program itself has open. */
  public List<InetSocketAddress> addresses() {
    return ports.addresses();
  }

  /** How it is at this moment. */
  public WorkerStatus status() {
    return pool.status();
  }

  /**
   * Completes with the program's exit code when it has ended in all its isolates: with 1 for a
   * script that crossed a limit, and for an isolate that five times in a row couldn't be started
   * again.
   */
  public CompletionStage<Integer> exit() {
    return pool.exit();
  }

  /** Requests for the program's fetch handler, each given to the isolate with the fewest. */
  public RequestHandler handler() {
    return (request, sink) -> pool.dispatch(request, sink, FETCH);
  }

  /**
   * Sends a request and waits for the head of the answer; the body streams. A program that fails
   * before its head is answered for with a 500 or 503.
   */
  public WorkerResponse fetch(WorkerRequest request) throws InterruptedException {
    var response = new StreamedResponse();
    response.sentAs(handler().handle(request, response));
    try {
      var _ = response.whenHead().get();
      return response;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A response's head never fails.", e);
    } catch (InterruptedException e) {
      response.close();
      throw e;
    }
  }

  /**
   * Gives the program a signal's name, such as {@code SIGTERM}, for its {@code process.on}
   * handlers.
   *
   * @return completes with whether it has one; not at all while the program is busy
   */
  public CompletionStage<Boolean> signal(String name) {
    return pool.signal(name);
  }

  /**
   * Takes no more requests and waits until those in flight have ended, WebSockets and work for
   * {@code waitUntil} included. {@link #close} ends what is left.
   *
   * @return false when something was still under way after that time
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    pool.drain();
    try {
      var _ = pool.exit().toCompletableFuture().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a program is never a failure.", e);
    }
  }

  /**
   * Ends the program. What it gave to {@code waitUntil} may end first, for the time that the
   * options give it. Requests in flight get a 503, or a reset when their head has left.
   */
  @Override
  public void close() {
    awaitBackgroundWork();
    pool.close();
    ports.closeAll();
    evaluation.evaluated().finishWriting();
  }

  private void awaitBackgroundWork() {
    var working = pool.all().stream().filter(Slot::isWorkingInBackground).toList();
    working.forEach(Slot::closeWhenDone);
    var ends = working.stream().map(slot -> slot.exit().toCompletableFuture().copy());
    var _ =
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
            .completeOnTimeout(null, options.background().toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }
}
