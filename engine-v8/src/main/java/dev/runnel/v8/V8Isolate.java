package dev.runnel.v8;

import com.caoccao.javet.enums.JavetPromiseRejectEvent;
import com.caoccao.javet.exceptions.BaseJavetScriptingException;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.exceptions.JavetOutOfMemoryException;
import com.caoccao.javet.exceptions.JavetTerminatedException;
import com.caoccao.javet.interop.V8Locker;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.V8ValuePromise;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Interruption;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Mailbox;
import dev.runnel.engine.MemoryUse;
import dev.runnel.engine.ModuleEvaluation;
import dev.runnel.engine.Rejection;
import dev.runnel.engine.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An isolate of V8's. The thread that opened it holds V8's lock on it for life: a call from another
 * thread would end the process, so it is refused here. The one thing that other threads may do is
 * to stop what runs.
 */
final class V8Isolate implements Isolate {
  private static final long OWN_TASKS_NANOS = 1_000_000;

  private final Thread owner = Thread.currentThread();
  private final V8Runtime runtime;
  private final V8Locker locker;
  private final HeapWatch heap;
  private final StackLimit stackLimit;
  private final Microtasks microtasks;
  private final HostCalls calls;
  private final Boundary boundary;
  private final Modules modules;
  private final CodeCache codeCache = new CodeCache();
  private final IsolateModule isolateModule;
  private final ByteBuffer region;
  private final Mailbox mailbox;
  private final AsyncContext context;

  /** Guards {@link #runtime} against being stopped while it closes. */
  private final Object gate = new Object();

  private volatile @Nullable Interruption interruption;
  private long ownTasksRun = System.nanoTime();
  private boolean busy;
  private volatile boolean ended;

  static V8Isolate open(V8Library library, IsolateOptions options) {
    try {
      return new V8Isolate(library, options);
    } catch (JavetException e) {
      throw new IsolateException.Crashed("V8 could not open an isolate.", e);
    }
  }

  private V8Isolate(V8Library library, IsolateOptions options) throws JavetException {
    runtime = library.open();
    runtime.setLogger(new QuietLogger());
    locker = runtime.getV8Locker();
    NativeIsolate isolate = NativeIsolate.of(runtime);
    stackLimit = StackLimit.set(isolate, options.limits().stackBytes());
    microtasks = Microtasks.take(runtime, isolate);
    context = AsyncContext.find(runtime);
    region = ByteBuffer.allocateDirect(options.limits().mailboxBytes());
    mailbox = new Mailbox(region);
    mailbox.clear();
    calls = new HostCalls(runtime, stackLimit);
    boundary = openBoundary();
    context.test(runtime, microtasks);
    modules = new Modules(options.modules(), boundary, calls, codeCache);
    isolateModule =
        new IsolateModule(boundary, modules, calls, () -> options.flush().accept(mailbox));
    for (HostModule module : options.hostModules()) {
      modules.add(module);
    }
    runtime.setPromiseRejectCallback(this::trackRejection);
    heap = new HeapWatch(runtime, options.limits().memoryBytes());
  }

  private Boundary openBoundary() throws JavetException {
    try (V8Value dispatch = calls.callback();
        V8Value memory = runtime.createV8ValueArrayBuffer(region)) {
      Boundary made = new Boundary(runtime, dispatch, memory, context);
      calls.open(made);
      return made;
    }
  }

  /** Called by V8 in the middle of whatever rejects or handles the promise. */
  private void trackRejection(
      JavetPromiseRejectEvent event, V8ValuePromise promise, V8Value reason) {
    long limit = stackLimit.lower();
    try {
      boundary.callVoid(
          Boundary.Guest.trackRejection, boundary.number(event.getCode()), promise, reason);
    } catch (JavetException stopped) {
      // The isolate is ending; what runs finds out by itself.
    } finally {
      stackLimit.move(limit);
    }
  }

  // ---- What an isolate does ----

  @Override
  public JsValue evaluateScript(String name, String source) {
    return inside(
        () -> {
          try (V8Value completion = isolateModule.evaluate(name, source);
              V8Value crossed = boundary.call(Boundary.Guest.sendResult, completion)) {
            return boundary.values().take(crossed);
          }
        });
  }

  @Override
  public ModuleEvaluation evaluateModule(String name) {
    return inside(
        () -> {
          Modules.Started started = modules.start(name);
          started.promise().markAsHandled();
          if (started.promise().getState() == V8ValuePromise.STATE_FULFILLED) {
            codeCache.share();
          }
          return new Evaluation(started);
        });
  }

  @Override
  public JsValue call(String registered, JsValue... arguments) {
    int number = numberOf(registered);
    return inside(() -> call(number, arguments));
  }

  @Override
  public void callVoid(String registered, JsValue... arguments) {
    int number = numberOf(registered);
    inside(
        () -> {
          callVoid(number, arguments);
          return true;
        });
  }

  private int numberOf(String registered) {
    return isolateModule
        .registered(registered)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The guest has registered no function %s.".formatted(registered)));
  }

  private JsValue call(int number, JsValue[] arguments) throws JavetException {
    V8Value[] written = written(number, arguments);
    try (V8Value crossed = boundary.call(Boundary.Guest.enter, written)) {
      if (boundary.words().takeOutcome() != Words.RETURNED) {
        throw boundary.readDescription(crossed);
      }
      return boundary.values().take(crossed);
    } finally {
      Values.close(written);
    }
  }

  private void callVoid(int number, JsValue[] arguments) throws JavetException {
    V8Value[] written = written(number, arguments);
    try {
      boundary.callVoid(Boundary.Guest.enterVoid, written);
      if (boundary.words().takeOutcome() != Words.RETURNED) {
        try (V8Value thrown = boundary.call(Boundary.Guest.takeThrown)) {
          throw boundary.readDescription(thrown);
        }
      }
    } finally {
      Values.close(written);
    }
  }

  private V8Value[] written(int number, JsValue[] arguments) throws JavetException {
    boundary.sweepHandles();
    boundary.words().called(number, arguments.length);
    return boundary.values().writeArguments(arguments);
  }

  @Override
  public boolean isRegistered(String name) {
    return isolateModule.registered(name).isPresent();
  }

  /** V8 runs its microtasks all at once: this runs those that wait. */
  @Override
  public boolean runJob() {
    return inside(
        () -> {
          if (boundary.words().jobErrors() > 0) {
            throw jobError();
          }
          if (microtasks.isEmpty()) {
            runOwnTasks();
            return !microtasks.isEmpty();
          }
          microtasks.run();
          if (boundary.words().jobErrors() > 0) {
            throw jobError();
          }
          return true;
        });
  }

  /** V8's own, which clean up after collected objects. Asking for them takes as long as a call. */
  private void runOwnTasks() throws JavetException {
    long now = System.nanoTime();
    if (now - ownTasksRun >= OWN_TASKS_NANOS) {
      ownTasksRun = now;
      runtime.await();
    }
  }

  private JsException jobError() throws JavetException {
    try (V8Value described = boundary.call(Boundary.Guest.takeJobError)) {
      return boundary.readDescription(described);
    }
  }

  @Override
  public List<Rejection> takeRejections() {
    return boundary.words().rejections() == 0 ? List.of() : inside(this::readRejections);
  }

  private List<Rejection> readRejections() throws JavetException {
    List<Rejection> taken = new ArrayList<>();
    while (boundary.words().rejections() > 0) {
      JsValue reason = taken(Boundary.Guest.takeRejection);
      JsValue promise = boundary.values().handle(boundary.words().length(0));
      boolean handled = boundary.words().length(1) != 0;
      taken.add(new Rejection(promise, reason, taken(Boundary.Guest.takeRejectionFrame), handled));
    }
    return taken;
  }

  private JsValue taken(Boundary.Guest function) throws JavetException {
    try (V8Value crossed = boundary.call(function)) {
      return boundary.values().take(crossed);
    }
  }

  @Override
  public Mailbox mailbox() {
    checkThread();
    if (ended) {
      throw new IsolateException.Closed();
    }
    return mailbox;
  }

  @Override
  public MemoryUse memoryUse() {
    checkThread();
    return busy || ended ? heap.latest() : inside(heap::measure);
  }

  @Override
  public void collectGarbage() {
    inside(
        () -> {
          runtime.lowMemoryNotification();
          return true;
        });
  }

  @Override
  public Snapshot snapshot() {
    throw new UnsupportedOperationException("The engine v8 can't keep a running heap.");
  }

  // ---- The end of an isolate ----

  @Override
  public void interrupt(Interruption reason) {
    synchronized (gate) {
      if (interruption == null) {
        interruption = reason;
        if (!runtime.isClosed()) {
          runtime.terminateExecution();
        }
      }
    }
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    checkThread();
    if (busy) {
      throw new IllegalStateException("An isolate can't be closed by a function it called.");
    }
    end();
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    synchronized (gate) {
      try {
        runtime.cancelTerminateExecution();
        context.close();
        modules.close();
        locker.close();
        runtime.close(true);
      } catch (JavetException e) {
        throw new IsolateException.Crashed("V8 could not close an isolate.", e);
      }
    }
  }

  private IsolateException endWith(IsolateException why) {
    busy = false;
    end();
    return why;
  }

  // ---- Getting in ----

  /** Work that may run guest code. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws JavetException;
  }

  /** Does the work and turns each way it can fail into what callers know. */
  private <T> T inside(Work<T> work) {
    checkUsable();
    busy = true;
    try {
      T result = work.run();
      checkStopped();
      return result;
    } catch (JsException thrown) {
      checkStopped();
      throw thrown;
    } catch (HostError unloadable) {
      throw new JsException(nameOf(unloadable), unloadable.guestMessage(), "");
    } catch (IsolateException ending) {
      throw endWith(ending);
    } catch (JavetTerminatedException | JavetOutOfMemoryException stopped) {
      throw endWith(reasonToStop(stopped));
    } catch (BaseJavetScriptingException failed) {
      checkStopped();
      throw ScriptErrors.read(failed);
    } catch (JavetException | RuntimeException bug) {
      throw endWith(new IsolateException.Crashed("The engine failed: " + bug.getMessage(), bug));
    } finally {
      busy = false;
    }
  }

  private static String nameOf(HostError error) {
    return switch (error.kind()) {
      case TYPE_ERROR -> "TypeError";
      case RANGE_ERROR -> "RangeError";
      case SYNTAX_ERROR -> "SyntaxError";
      case ERROR, SYSTEM_ERROR -> "Error";
      case DOM_EXCEPTION -> error.code();
    };
  }

  /** A guest that was told to stop may have returned before it noticed. */
  private void checkStopped() {
    if (calls.failure() != null || heap.exceeded() || interruption != null) {
      throw endWith(reasonToStop(null));
    }
  }

  private IsolateException reasonToStop(@Nullable JavetException stopped) {
    IsolateException failure = calls.failure();
    if (failure != null) {
      return failure;
    }
    Interruption reason = interruption;
    if (heap.exceeded() || stopped instanceof JavetOutOfMemoryException) {
      return new IsolateException.OutOfMemory(heap.limit());
    }
    return reason != null
        ? new IsolateException.TimedOut(reason)
        : new IsolateException.Crashed("V8 stopped without a reason.", stopped);
  }

  private void checkUsable() {
    checkThread();
    if (busy) {
      throw new IllegalStateException(
          "A host function can't call into the isolate that called it.");
    }
    if (ended) {
      throw new IsolateException.Closed();
    }
    Interruption reason = interruption;
    if (reason != null) {
      throw endWith(new IsolateException.TimedOut(reason));
    }
  }

  private void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "The isolate belongs to %s, not to %s.".formatted(owner, Thread.currentThread()));
    }
  }

  /** Asks V8 anew each time, until it has been answered. */
  private final class Evaluation implements ModuleEvaluation {
    private final Modules.Started started;
    private State state = new Pending();

    Evaluation(Modules.Started started) {
      this.started = started;
    }

    @Override
    public State state() {
      if (state instanceof Pending && !ended) {
        state = inside(this::read);
      }
      return state;
    }

    private State read() throws JavetException {
      return switch (started.promise().getState()) {
        case V8ValuePromise.STATE_FULFILLED -> evaluated();
        case V8ValuePromise.STATE_REJECTED -> failed();
        default -> state;
      };
    }

    private State evaluated() throws JavetException {
      try (V8Value namespace = started.namespace();
          V8Value crossed = boundary.call(Boundary.Guest.sendResult, namespace)) {
        JsValue.Handle handle = (JsValue.Handle) boundary.values().take(crossed);
        release();
        return new Evaluated(handle);
      }
    }

    private State failed() throws JavetException {
      try (V8Value thrown = started.promise().getResult();
          V8Value crossed = boundary.call(Boundary.Guest.sendResult, thrown)) {
        JsValue value = boundary.values().take(crossed);
        JsException cause = boundary.describe(thrown);
        release();
        return new Failed(cause, value);
      }
    }

    private void release() {
      Values.close(started.promise());
      Values.close(started.stub());
    }
  }
}
