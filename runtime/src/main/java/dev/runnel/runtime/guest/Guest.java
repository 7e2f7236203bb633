package dev.runnel.runtime.guest;

import dev.runnel.codec.CodecMemory;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Interruption;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.ModuleEvaluation;
import dev.runnel.engine.Snapshot;
import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.host.core.BindingsHost;
import dev.runnel.runtime.host.core.EngineHost;
import dev.runnel.runtime.host.core.ErrorsHost;
import dev.runnel.runtime.host.core.HttpHost;
import dev.runnel.runtime.host.core.ModulesHost;
import dev.runnel.runtime.host.core.ScheduleHost;
import dev.runnel.runtime.host.fetch.FetchHost;
import dev.runnel.runtime.host.net.NetHost;
import dev.runnel.runtime.host.socket.SocketHost;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.limit.Charge;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.limit.TurnWatch;
import dev.runnel.runtime.loop.Completions;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import dev.runnel.runtime.loop.TurnPace;
import dev.runnel.runtime.module.Builtins;
import dev.runnel.runtime.module.ModuleFormat;
import dev.runnel.runtime.snapshot.AppSnapshot;
import dev.runnel.runtime.snapshot.RecordedReads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One program in one isolate. Everything the program does happens in turns: one call into it, then
 * all ticks and microtasks that follow, then its output leaves.
 *
 * <p>{@link #run} is the isolate's thread; what is public besides may be used from any other.
 */
public final class Guest implements EventLoop.Guest {
  private static final int UNSETTLED_TOP_LEVEL_AWAIT = 13;

  private final GuestSettings settings;
  private final GuestObserver observer;
  private final EventLoop loop;
  private final Completions completions;
  private final Exchanges exchanges;
  private final CodecMemory codecs;
  private final FetchHost fetches;
  private final SocketHost sockets;
  private final NetHost net;
  private final Listeners listeners;
  private final ScheduledEvents scheduled;
  private final BackgroundWork background;
  private final Records records;
  private final MicrotaskCheckpoint checkpoint;
  private final ErrorTexts errors;
  private final TurnPace pace = new TurnPace(System::nanoTime);

  private volatile @Nullable Isolate isolate;
  private TurnWatch.@Nullable Watched watch;
  private final List<Runnable> atEnd = new ArrayList<>();
  private final RecordedReads reads = new RecordedReads();
  private final Optional<AppSnapshot> restored;
  private @Nullable ModuleEvaluation evaluation;
  private boolean evaluating;
  private boolean ready;
  private boolean retiring;
  private @Nullable GuestEnd end;

  public Guest(GuestSettings settings, GuestObserver observer) {
    this.settings = settings;
    this.observer = observer;
    this.loop = new EventLoop(new TimerQueue(System::nanoTime), settings.network().idling());
    this.completions = new Completions(loop, this::call);
    this.scheduled = new ScheduledEvents(loop, this::call);
    this.background = new BackgroundWork(loop);
    this.exchanges = new Exchanges(loop, this::call, settings.exchangeLimits(), observer);
    this.codecs = new CodecMemory(settings.decompressionLimits().memory());
    this.fetches =
        new FetchHost(
            new FetchHost.Surroundings(
                loop,
                this::call,
                settings.fetcher(),
                settings.bindings(),
                exchanges,
                settings.decompressionLimits(),
                codecs,
                settings.outgoing()),
            this::usesNetwork);
    this.sockets =
        new SocketHost(
            new SocketHost.Surroundings(
                loop, this::call, settings.fetcher(), exchanges, settings.socketLimits()),
            this::usesNetwork);
    var doors =
        new Listeners.Doors(settings.network(), settings.sockets().open(), this::usesNetwork);
    this.listeners = new Listeners(loop, this::call, exchanges, doors);
    this.net =
        new NetHost(
            new NetHost.Surroundings(loop, completions, exchanges, listeners::opened),
            settings.sockets(),
            this::usesNetwork);
    this.records = new Records(loop, exchanges, listeners, background, settings.maxTimers());
    this.checkpoint = new MicrotaskCheckpoint(this::isolate, records, this::report);
    this.errors = new ErrorTexts(settings);
    this.restored = settings.evaluated().find();
  }

  /**
   * A program that does is evaluated anew at each start, and may ask its own ports, which need not
   * wait for the evaluation's end then.
   */
  private void usesNetwork() {
    reads.unrepeatable("the network");
    listeners.startOpening();
  }

  /** Requests for the program's fetch handler. */
  public RequestHandler fetchHandler() {
    return exchanges.handler(Listeners.FETCH);
  }

  /** Whether the program has a handler for scheduled events. */
  public boolean handlesScheduled() {
    return scheduled.isHandled();
  }

  /**
   * Sends it a scheduled event.
   *
   * @return completes with whether the handler, and what it gave to {@code waitUntil}, succeeded
   */
  public CompletionStage<Boolean> schedule(String cron, Instant time) {
    return scheduled.send(cron, time);
  }

  /** Ends the program for a reason of its own, whatever it is doing. */
  public void interrupt(Interruption reason) {
    Isolate running = isolate;
    if (running != null) {
      running.interrupt(reason);
    }
    codecs.interrupt();
    loop.post(() -> {});
  }

  /** Whether the program has work under way that its answers don't wait for. */
  public boolean isWorkingInBackground() {
    return background.isUnderWay();
  }

  /** Ends the program when it has no such work any more. */
  public void closeWhenDone() {
    loop.post(background::end);
  }

  /**
   * Ends the program when nothing is under way that others wait for: no work in the background, no
   * WebSocket. To be called when it has no request in flight and gets no more.
   */
  public void retire() {
    loop.post(() -> retiring = true);
  }

  /**
   * Calls {@code full} on the isolate's thread when live values take more than that part of the
   * memory limit.
   */
  public void whenFullerThan(int percent, Runnable full) {
    loop.post(
        () -> {
          if (GuestMemory.isFullerThan(percent, isolate())) {
            full.run();
          }
        });
  }

  /** Ends the program when its present turn is over. */
  public void close() {
    loop.stop();
  }

  /** Calls a function that the program registered, in a turn of its own. */
  public void post(String registered, JsValue... arguments) {
    loop.post(() -> call(registered, arguments));
  }

  /**
   * Lets the program handle a signal. The function {@code signal} that {@code process} registers
   * gets the name and returns whether the program has a handler.
   *
   * @return completes with false when there is no handler or no program any more
   */
  public CompletionStage<Boolean> signal(String name) {
    var handled = new CompletableFuture<Boolean>();
    if (!loop.post(() -> handled.complete(handles(name)))) {
      handled.complete(false);
    }
    return handled;
  }

  private boolean handles(String signal) {
    if (!isolate().isRegistered("signal")) {
      return false;
    }
    try {
      return isolate().call("signal", JsValue.of(signal)) instanceof JsValue.Bool(boolean has)
          && has;
    } catch (JsException e) {
      uncaught(e.name(), e.text(), e.guestStack(), false);
      return true;
    }
  }

  /** Runs the program from its first line to its end. */
  public void run() {
    try {
      open();
      begin();
      loop.run(this);
    } catch (IsolateException e) {
      endWith(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      endWith(new IsolateException.Crashed("Runnel failed: please report this error.", e));
    } finally {
      shutDown();
    }
  }

  private void open() {
    try {
      isolate = openIsolate();
    } catch (UnsupportedOperationException e) {
      throw new IsolateException.Crashed(String.valueOf(e.getMessage()), null);
    }
    watch(settings.turnLimits().atStart());
  }

  private void watch(TurnLimits limits) {
    if (watch != null) {
      watch.close();
    }
    watch = TurnWatch.start(limits, loop::charged, this::interrupt, isolate()::helpersCpuNanos);
  }

  private Isolate openIsolate() {
    return settings
        .engine()
        .open(
            new IsolateOptions(
                settings.limits(),
                settings.modules(),
                hostModules(),
                mailbox -> mailbox.readAll(records),
                () -> reads.unrepeatable("the clock"),
                settings.locality(),
                restored.map(AppSnapshot::heap).or(settings.base()),
                settings.jit()));
  }

  private List<HostModule> hostModules() {
    List<HostModule> modules = new ArrayList<>();
    modules.add(new HttpHost(exchanges, checkpoint::readMailbox, listeners).module());
    modules.add(fetches.module());
    modules.add(sockets.module());
    modules.add(net.module());
    modules.add(
        new BindingsHost(settings.bindings(), () -> reads.unrepeatable("a binding")).module());
    modules.add(new ScheduleHost(scheduled::done).module());
    modules.add(new ErrorsHost(this::uncaught).module());
    modules.add(new EngineHost(settings.engine()).module());
    modules.add(new ModulesHost(settings.modules(), settings.builtins()).module());
    var services =
        new GuestServices(
            loop, completions, this::call, atEnd::add, () -> isolate().memoryUse(), reads, codecs);
    modules.addAll(settings.hostModules().apply(services));
    return modules;
  }

  /** Evaluates the built-ins in a fresh isolate and copies its heap. */
  Snapshot snapshotOfBuiltIns() {
    try (var fresh = openIsolate()) {
      bootWith(fresh);
      fresh.collectGarbage();
      return fresh.snapshot();
    }
  }

  private void begin() {
    restored.ifPresentOrElse(this::resume, this::evaluate);
    listeners.startOpening();
  }

  /** The heap comes from a snapshot in which the program has run; only Java's side is missing. */
  private void resume(AppSnapshot app) {
    if (app.answersFetch()) {
      listeners.answersFetch();
    }
    app.ports().forEach(listeners::listenAgain);
    becomeReady();
  }

  private void evaluate() {
    if (settings.base().get().isEmpty()) {
      turn(() -> bootWith(isolate()));
      if (end != null) {
        return;
      }
    }
    turn(() -> call("start", JsValue.of(settings.start())));
    settings.modules().recordTo(reads);
    evaluating = true;
    turn(this::evaluateEntry);
    evaluating = false;
  }

  /** An ES module's own promise jobs come before the ticks it made, as in Node. */
  private void evaluateEntry() {
    evaluation = isolate().evaluateModule(settings.entry());
    if (settings.modules().format(settings.entry()) == ModuleFormat.ES_MODULE) {
      checkpoint.runJobs(isolate());
    }
  }

  /** Offers the heap as it is after the first evaluation, if a later start could begin there. */
  private void offerSnapshot() {
    if (!settings.evaluated().wants() || !isAtRest()) {
      return;
    }
    var obstacle = reads.obstacle();
    if (obstacle.isPresent()) {
      settings.evaluated().refused(obstacle.get());
      return;
    }
    isolate().collectGarbage();
    try {
      Snapshot heap = isolate().snapshot();
      settings
          .evaluated()
          .keep(
              new AppSnapshot(
                  heap, reads.files(), listeners.isAnsweringFetch(), listeners.requested()));
    } catch (IllegalStateException refused) {
      settings.evaluated().refused("what no copy would have (%s)".formatted(refused.getMessage()));
    }
  }

  /** Nothing is under way that a copy of the heap would not have. */
  private boolean isAtRest() {
    return isServing()
        && loop.hasNothingScheduled()
        && completions.pending() == 0
        && exchanges.openCount() == 0;
  }

  private static void bootWith(Isolate isolate) {
    var boot = isolate.evaluateModule(Builtins.BOOT);
    while (isolate.runJob()) {
      // Top-level code of the built-ins may await nothing that takes time.
    }
    if (boot.state() instanceof ModuleEvaluation.Failed(JsException cause, _)) {
      throw cause;
    }
  }

  @Override
  public void timer(int id) {
    turn(() -> call("timer", JsValue.of(id)));
  }

  @Override
  public void immediate(int id) {
    turn(() -> call("immediate", JsValue.of(id)));
  }

  @Override
  public void task(Runnable task) {
    turn(task);
  }

  @Override
  public void nothingLeft() {
    if (!ready && evaluation != null && evaluation.state() instanceof ModuleEvaluation.Pending) {
      end = new GuestEnd.Exited(UNSETTLED_TOP_LEVEL_AWAIT);
      return;
    }
    if (isolate().isRegistered("beforeExit")) {
      turn(() -> call("beforeExit"));
    }
  }

  private void turn(Runnable action) {
    var watched = watch;
    if (watched != null) {
      watched.turnBegins();
    }
    pace.turnBegins();
    try {
      runGuarded(action);
      checkpoint.perform();
      if (pace.sendsNow(loop.hasTaskDue())) {
        exchanges.flush();
      } else {
        exchanges.keep();
      }
    } finally {
      if (watched != null) {
        watched.turnEnds();
      }
      loop.chargeTo(Charge.NOBODY);
    }
    checkEvaluation();
    if (retiring && isQuiet()) {
      loop.stop();
    }
  }

  private boolean isQuiet() {
    return exchanges.openCount() == 0 && sockets.openCount() == 0 && !background.isUnderWay();
  }

  /** A throw that reaches Java is reported like any other that nobody caught. */
  private void runGuarded(Runnable action) {
    try {
      action.run();
    } catch (JsException e) {
      report(e);
    }
  }

  private void report(JsException e) {
    if (ready) {
      uncaught(e.name(), e.text(), e.guestStack(), false);
    } else {
      failToStart(e);
    }
  }

  private void checkEvaluation() {
    if (ready || evaluation == null || end != null) {
      return;
    }
    switch (evaluation.state()) {
      case ModuleEvaluation.Pending() -> {}
      case ModuleEvaluation.Failed(var cause, var thrown) -> failed(cause, thrown);
      case ModuleEvaluation.Evaluated(var namespace) -> {
        evaluation = null;
        turn(() -> call("loaded", namespace));
        if (end == null) {
          becomeReady();
        }
      }
    }
  }

  /** A listener of the process may deal with what the program's main module has thrown. */
  private void failed(JsException cause, JsValue thrown) {
    evaluation = null;
    turn(
        () -> {
          if (!isolate().isRegistered("mainFailed")
              || !isolate().call("mainFailed", thrown).equals(JsValue.TRUE)) {
            failToStart(cause);
          }
        });
    if (end == null) {
      becomeReady();
    }
  }

  /**
   * Says so only when the snapshot is there, so that further isolates find it, and when the ports
   * are asked for, so that who waits for a port need not wait longer.
   */
  private void becomeReady() {
    ready = true;
    watch(settings.turnLimits());
    if (isolate().isRegistered("scheduled")) {
      scheduled.handle();
    }
    if (evaluating && end == null) {
      offerSnapshot();
    }
    listeners.startOpening();
    observer.ready(listeners.isAnsweringFetch());
  }

  private void failToStart(JsException cause) {
    if (end == null) {
      end =
          new GuestEnd.FailedToStart(
              errors.shownAtStart(cause.name(), cause.text(), cause.guestStack()));
      loop.stop();
    }
  }

  private void uncaught(String name, String message, String stack, boolean isRejection) {
    ProgramError error = errors.shown(name, message, stack);
    if (isServing()) {
      observer.uncaught(error);
    } else if (ready) {
      observer.uncaught(error);
      throw new IsolateException.Exited(1);
    } else {
      end = new GuestEnd.FailedToStart(error);
      throw new IsolateException.Exited(1);
    }
  }

  /** Once it serves, one request's error doesn't take the others down. */
  private boolean isServing() {
    return ready
        && (listeners.isAnsweringFetch() || scheduled.isHandled() || listeners.openPorts() > 0);
  }

  private void call(String registered, JsValue... arguments) {
    isolate().callVoid(registered, arguments);
  }

  private Isolate isolate() {
    Isolate running = isolate;
    if (running == null) {
      throw new IsolateException.Closed();
    }
    return running;
  }

  private void endWith(IsolateException cause) {
    if (cause instanceof IsolateException.Exited exited) {
      if (end == null) {
        end = new GuestEnd.Exited(exited.code());
      }
    } else {
      end = new GuestEnd.Lost(cause, isServing());
    }
  }

  private void shutDown() {
    if (end == null) {
      end = loop.isStopped() ? new GuestEnd.Closed() : new GuestEnd.Exited(exitCode());
    }
    observer.ending();
    var late = loop.close();
    exchanges.failAll(end);
    late.forEach(Guest::runLate);
    scheduled.failAll();
    fetches.abortAll();
    sockets.closeAll();
    net.closeAll();
    atEnd.forEach(Runnable::run);
    listeners.closeAll();
    if (watch != null) {
      watch.close();
    }
    Isolate running = isolate;
    isolate = null;
    if (running != null) {
      running.close();
    }
    observer.ended(end);
  }

  /** Only tasks that give a request its failure still do anything. */
  private static void runLate(Runnable task) {
    try {
      task.run();
    } catch (IsolateException e) {
      // It wanted the guest, which is gone; its request has been failed already.
    }
  }

  private int exitCode() {
    try {
      return isolate().isRegistered("exit")
              && isolate().call("exit") instanceof JsValue.Num(double code)
          ? (int) code
          : 0;
    } catch (IsolateException.Exited e) {
      return e.code();
    } catch (IsolateException | JsException e) {
      return 1;
    }
  }
}
