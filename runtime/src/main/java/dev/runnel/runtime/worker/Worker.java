package dev.runnel.runtime.worker;

import dev.runnel.engine.Engine;
import dev.runnel.runtime.guest.BaseSnapshot;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.module.Builtins;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A running program: one or more isolates that evaluate it and share its ports and requests. Safe
 * from any thread.
 */
public final class Worker implements AutoCloseable {
  private final List<Slot> slots;
  private final SharedPorts ports;
  private final KeptSnapshots evaluated;
  private final Duration background;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final boolean answersFetch;

  private Worker(
      List<Slot> slots,
      SharedPorts ports,
      KeptSnapshots evaluated,
      Duration background,
      boolean answersFetch) {
    this.background = background;
    this.slots = List.copyOf(slots);
    this.ports = ports;
    this.evaluated = evaluated;
    this.answersFetch = answersFetch;
    whenAllHaveEnded(slots);
  }

  /**
   * Evaluates a program in every isolate and returns when that is done, top-level await included.
   *
   * @param program a JavaScript file, or a folder whose {@code package.json} names one
   * @throws WorkerException when it can't be read, is no JavaScript, or throws
   * @throws IllegalArgumentException when the engine isn't there, or has no sandbox and the program
   *     isn't trusted
   */
  public static Worker load(Path program, WorkerOptions options)
      throws WorkerException, InterruptedException {
    var found = Program.at(program, options).withCaches();
    var engine = engine(options);
    var builtins = Builtins.load(options.engine());
    var base = BaseSnapshot.loadedOnce(engine);
    var ports = new SharedPorts(options.network());
    var evaluated = new KeptSnapshots(found.key(engine, builtins, options), engine, options);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < options.isolates(); i++) {
      slots.add(
          new Slot(
              "runnel-isolate-" + i,
              member ->
                  found.guest(engine, builtins, base, ports.forIsolate(member), evaluated, options),
              ports,
              options.observer()));
    }
    return start(slots, ports, evaluated, options.background());
  }

  private static Engine engine(WorkerOptions options) {
    var engine = Engine.named(options.engine());
    if (options.trust() == Trust.NONE
        && !engine.capabilities().contains(Engine.Capability.SANDBOX)) {
      throw new IllegalArgumentException(
          "The engine \"%s\" has no sandbox, so it runs trusted programs only, and this one is not marked as trusted."
              .formatted(engine.name()));
    }
    return engine;
  }

  private static Worker start(
      List<Slot> slots, SharedPorts ports, KeptSnapshots evaluated, Duration background)
      throws WorkerException, InterruptedException {
    try {
      boolean answersFetch = startAll(slots);
      return new Worker(slots, ports, evaluated, background, answersFetch);
    } catch (InterruptedException e) {
      giveUp(slots, ports);
      throw e;
    } catch (ExecutionException e) {
      giveUp(slots, ports);
      if (e.getCause() instanceof WorkerException failed) {
        throw failed;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /** The first isolate alone, since the others may then start from its snapshot. */
  private static boolean startAll(List<Slot> slots)
      throws ExecutionException, InterruptedException {
    Slot first = slots.getFirst();
    first.start();
    boolean answersFetch = first.answersFetch().toCompletableFuture().get();
    List<Slot> others = slots.subList(1, slots.size());
    others.forEach(Slot::start);
    for (Slot slot : others) {
      answersFetch |= slot.answersFetch().toCompletableFuture().get();
    }
    return answersFetch;
  }

  private static void giveUp(List<Slot> slots, SharedPorts ports) {
    slots.forEach(Slot::close);
    ports.closeAll();
  }

  private void whenAllHaveEnded(List<Slot> ending) {
    CompletableFuture<?>[] ends =
        ending.stream()
            .map(slot -> slot.exit().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(ends)
            .thenRun(
                () -> {
                  ports.closeAll();
                  exit.complete(
                      ending.stream()
                          .mapToInt(slot -> slot.exit().toCompletableFuture().join())
                          .max()
                          .orElse(0));
                });
  }

  /** True when the program handles {@code fetch}, by a default export or an event listener. */
  public boolean answersFetch() {
    return answersFetch;
  }

  /** True while the program handles scheduled events, by its default export or a listener. */
  public boolean handlesScheduled() {
    return slots.stream().anyMatch(slot -> slot.scheduledHandler().isPresent());
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
    return slots.stream()
        .filter(slot -> slot.scheduledHandler().isPresent())
        .min(Comparator.comparingInt(Slot::openExchanges))
        .flatMap(Slot::scheduledHandler)
        .map(guest -> guest.schedule(cron, time))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  /** The ports that the program itself has open. */
  public List<InetSocketAddress> addresses() {
    return ports.addresses();
  }

  /**
   * Completes with the program's exit code when it has ended in all its isolates: with 1 for a
   * script that crossed a limit, and for an isolate that five times in a row couldn't be started
   * again.
   */
  public CompletionStage<Integer> exit() {
    return exit.copy();
  }

  /** Requests for the program's fetch handler, each given to the isolate with the fewest. */
  public RequestHandler handler() {
    return (request, sink) -> {
      var handler = leastLoaded();
      if (handler.isEmpty()) {
        sink.fail(new ResponseFailure(503, "", "The program is not running."));
        return () -> {};
      }
      return handler.get().handle(request, sink);
    };
  }

  private Optional<RequestHandler> leastLoaded() {
    return slots.stream()
        .filter(slot -> slot.fetchHandler().isPresent())
        .min(Comparator.comparingInt(Slot::openExchanges))
        .flatMap(Slot::fetchHandler);
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
    CompletionStage<Boolean> handled = CompletableFuture.completedFuture(false);
    for (Slot slot : slots) {
      handled = handled.thenCombine(slot.signal(name), Boolean::logicalOr);
    }
    return handled;
  }

  /**
   * Ends the program. What it gave to {@code waitUntil} may end first, for the time that the
   * options give it. Requests in flight get a 503, or a reset when their head has left.
   */
  @Override
  public void close() {
    awaitBackgroundWork();
    slots.forEach(Slot::close);
    ports.closeAll();
    evaluated.finishWriting();
  }

  private void awaitBackgroundWork() {
    var working = slots.stream().filter(Slot::isWorkingInBackground).toList();
    working.forEach(Slot::closeWhenDone);
    var ends = working.stream().map(slot -> slot.exit().toCompletableFuture().copy());
    var _ =
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
            .completeOnTimeout(null, background.toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }
}
