package dev.runnel.quickjs;

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
import dev.runnel.wasm.GuestInterruptedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.WasmEngineException;

/**
 * An isolate on one {@link Heap}. Sees to it that only the owner's thread gets in, that nobody gets
 * in while the guest runs, and that whatever goes wrong inside ends this isolate and nothing else.
 */
final class QuickJsIsolate implements Isolate {
  private final Thread owner = Thread.currentThread();
  private final AtomicReference<@Nullable Interruption> interruption = new AtomicReference<>();
  private final MemoryLimit limit;
  private final Heap heap;
  private boolean busy;
  private boolean ended;

  QuickJsIsolate(IsolateOptions options) {
    limit = new MemoryLimit(options.limits().memoryBytes());
    heap = openHeap(options);
  }

  private Heap openHeap(IsolateOptions options) {
    try {
      return new Heap(options, limit, () -> interruption.get() != null || limit.exceeded());
    } catch (OutOfMemoryError | GuestOutOfMemoryException | UninstantiableException noRoom) {
      limit.abandon();
      throw limit.reason();
    } catch (IllegalArgumentException wrongOptions) {
      limit.abandon();
      throw wrongOptions;
    } catch (RuntimeException failed) {
      limit.abandon();
      throw new IsolateException.Crashed("The engine can't start from this heap.", failed);
    }
  }

  /** For tests, which corrupt it. */
  Heap heap() {
    return heap;
  }

  // ---- What an isolate does ----

  @Override
  public JsValue evaluateScript(String name, String source) {
    return inside(
        () -> {
          byte[] utf8 = GuestText.source(source);
          return heap.values().take(heap.js().run(heap.compiler().script(name, utf8)));
        });
  }

  @Override
  public ModuleEvaluation evaluateModule(String name) {
    return inside(
        () -> {
          GuestModules.Started started = heap.modules().evaluate(name);
          heap.js().markHandled(started.promise());
          heap.rejections().forget(started.promise());
          return new Evaluation(started);
        });
  }

  @Override
  public JsValue call(String registered, JsValue... arguments) {
    Long function = heap.isolateModule().registered().get(registered);
    if (function == null) {
      throw new IllegalStateException(
          "The guest has registered no function %s.".formatted(registered));
    }
    return inside(() -> call(function, arguments));
  }

  private JsValue call(long function, JsValue[] arguments) {
    long[] raw = heap.values().writeAll(arguments);
    try {
      return heap.values().take(heap.js().call(function, raw));
    } finally {
      heap.values().freeAll(raw);
    }
  }

  @Override
  public boolean isRegistered(String name) {
    return heap.isolateModule().registered().containsKey(name);
  }

  @Override
  public boolean runJob() {
    return inside(() -> heap.js().executeJob());
  }

  @Override
  public List<Rejection> takeRejections() {
    return heap.rejections().isEmpty() ? List.of() : inside(() -> heap.rejections().take());
  }

  @Override
  public Mailbox mailbox() {
    return look(() -> heap.mailbox().open());
  }

  @Override
  public MemoryUse memoryUse() {
    return look(() -> new MemoryUse(heap.allocatedBytes(), heap.guest().size(), limit.bytes()));
  }

  @Override
  public void collectGarbage() {
    inside(
        () -> {
          heap.js().collectGarbage();
          return true;
        });
  }

  @Override
  public Snapshot snapshot() {
    return inside(
        () -> {
          refuseSnapshotIf(heap.js().isJobPending(), "promise jobs are pending");
          refuseSnapshotIf(heap.guest().contextFrame() != Value.UNDEFINED, "a context is current");
          refuseSnapshotIf(!heap.rejections().isEmpty(), "rejections wait to be taken");
          refuseSnapshotIf(heap.wasm().isInUse(), "WebAssembly objects exist");
          return heap.snapshot();
        });
  }

  private static void refuseSnapshotIf(boolean condition, String why) {
    if (condition) {
      throw new SnapshotRefused("A snapshot can't be taken while %s.".formatted(why));
    }
  }

  // ---- The end of an isolate ----

  @Override
  public long helpersCpuNanos() {
    return heap.wasm().compilersCpuNanos();
  }

  @Override
  public void interrupt(Interruption reason) {
    if (interruption.compareAndSet(null, reason)) {
      heap.interrupt();
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
    ended = true;
    heap.close();
  }

  private IsolateException endWith(IsolateException why) {
    end();
    return why;
  }

  // ---- Getting in ----

  /** Runs work that may run guest code, and turns each way it can fail into what callers know. */
  /** Looks at the heap without running any of the program, so host functions may do it too. */
  private <T> T look(Supplier<T> work) {
    return busy ? work.get() : inside(work);
  }

  private <T> T inside(Supplier<T> work) {
    checkUsable();
    busy = true;
    try {
      heap.values().releaseDropped();
      T result = describingThrows(work);
      checkLimits();
      return result;
    } catch (JsException thrown) {
      throw thrown;
    } catch (SnapshotRefused refused) {
      throw new IllegalStateException(refused.getMessage());
    } catch (IsolateException ending) {
      throw endWith(ending);
    } catch (GuestInterruptedException stopped) {
      throw endWith(reasonToStop(stopped));
    } catch (GuestOutOfMemoryException | OutOfMemoryError full) {
      throw endWith(reasonToStop(null));
    } catch (HostFailureException bug) {
      throw endWith(new IsolateException.Crashed(bug.what(), bug.getCause()));
    } catch (StackOverflowError deep) {
      throw endWith(tooDeep());
    } catch (WasmEngineException trap) {
      throw endWith(
          trap.getCause() instanceof StackOverflowError
              ? tooDeep()
              : crashed("The engine trapped", trap));
    } catch (RuntimeException bug) {
      throw endWith(crashed("The engine failed", bug));
    } finally {
      busy = false;
    }
  }

  private <T> T describingThrows(Supplier<T> work) {
    try {
      return work.get();
    } catch (GuestThrow pending) {
      JsException thrown = heap.errors().takePending();
      checkLimits();
      throw thrown;
    }
  }

  /** A guest that ran into a limit may still have returned normally. */
  private void checkLimits() {
    if (limit.exceeded() || interruption.get() != null) {
      throw reasonToStop(null);
    }
  }

  /**
   * @param stopped an interruption, which somebody must have asked for
   */
  private IsolateException reasonToStop(@Nullable GuestInterruptedException stopped) {
    Interruption reason = interruption.get();
    if (limit.exceeded()) {
      return limit.reason();
    }
    if (reason != null) {
      return new IsolateException.TimedOut(reason);
    }
    return stopped == null ? limit.reason() : crashed("Nobody asked it to stop", stopped);
  }

  private IsolateException.Crashed crashed(String what, RuntimeException cause) {
    String words = heap.lastWords();
    return new IsolateException.Crashed(
        "%s: %s.%s".formatted(what, cause.getMessage(), words.isEmpty() ? "" : " " + words), cause);
  }

  /** Without the cause's thousand frames, which are all the same. */
  private static IsolateException.Crashed tooDeep() {
    return new IsolateException.Crashed(
        "The program recursed deeper than the stack of its thread allows.", null);
  }

  private void checkUsable() {
    checkThread();
    if (ended) {
      throw new IsolateException.Closed();
    }
    if (busy) {
      throw new IllegalStateException(
          "A host function can't call into the isolate that called it.");
    }
    Interruption reason = interruption.get();
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

  /** Tells a refusal from the failures that end an isolate. */
  private static final class SnapshotRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotRefused(String message) {
      super(message, null, false, false);
    }
  }

  /** Keeps the promise and the namespace until the evaluation is over. */
  private final class Evaluation implements ModuleEvaluation {
    private final GuestModules.Started started;
    private State state = new Pending();

    Evaluation(GuestModules.Started started) {
      this.started = started;
    }

    @Override
    public State state() {
      if (state instanceof Pending) {
        state = inside(this::look);
      }
      return state;
    }

    private State look() {
      int promiseState = heap.js().promiseState(started.promise());
      if (promiseState == 0) {
        return state;
      }
      State settled =
          promiseState == 1 ? new Evaluated(heap.values().handle(started.namespace())) : failed();
      heap.js().free(started.promise());
      heap.js().free(started.namespace());
      return settled;
    }

    private Failed failed() {
      JsValue thrown = heap.values().take(heap.js().promiseResult(started.promise()));
      return new Failed(heap.errors().take(heap.js().promiseResult(started.promise())), thrown);
    }
  }
}
