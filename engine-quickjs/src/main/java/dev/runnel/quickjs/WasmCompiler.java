package dev.runnel.quickjs;

import dev.runnel.engine.WasmLimits;
import dev.runnel.quickjs.WasmCache.Outcome;
import dev.runnel.translator.MemoryShape;
import dev.runnel.translator.Translation;
import dev.runnel.translator.Translator;
import dev.runnel.translator.TranslatorOptions;
import dev.runnel.translator.WasmFeatures;
import dev.runnel.wasm.GuestInterruptedException;
import dev.runnel.wasm.TranslatedModule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/**
 * Compiles programs' WebAssembly modules, each once for the process. One at a time: what compiles
 * takes many times the module's size of the JVM's heap.
 *
 * <p>Compilation can't be stopped, so it runs on a thread of its own, which the isolate that wants
 * it stops waiting for when it is interrupted.
 */
final class WasmCompiler {
  private static final String CLASS_NAME = "dev.runnel.quickjs.guest.Module";
  private static final int STACK_BYTES = 16 << 20;
  private static final long LOOK_MILLIS = 5;

  /** What compiling takes of the JVM's heap for each byte of the file; an estimate from above. */
  private static final long HEAP_PER_BYTE = 128;

  /** What even the smallest module counts as when an isolate's compilations are counted. */
  private static final int LEAST_COUNTED = 1 << 16;

  /** So many times what an isolate may hold at once it may compile in its life. */
  private static final int COMPILED_PER_HELD = 4;

  private static final WasmCache CACHE = new WasmCache();
  private static final Semaphore ONE = new Semaphore(1);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final WasmLimits limits;
  private final BooleanSupplier interrupted;
  private long compiledBytes;

  /** Of the threads that have compiled for this isolate and ended. */
  private volatile long cpuNanos;

  private volatile @Nullable Thread compiling;

  /** Says why bytes are no module that can run here; what a program sees as a CompileError. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param interrupted whether the guest that waits for the code is to end
   */
  WasmCompiler(WasmLimits limits, BooleanSupplier interrupted) {
    this.limits = limits;
    this.interrupted = interrupted;
  }

  /**
   * The code of a module.
   *
   * @throws RefusedException if it isn't valid, uses what isn't supported, or is over a limit
   */
  WasmCode compile(byte[] bytes) throws RefusedException {
    if (bytes.length > limits.moduleBytes()) {
      throw new RefusedException(
          "The module has %d bytes; the limit is %d."
              .formatted(bytes.length, limits.moduleBytes()));
    }
    String digest = TranslatedModule.sha256(bytes);
    Outcome known = CACHE.get(digest);
    WasmCode code = codeOf(known == null ? compileOnce(digest, bytes) : known);
    if (code.functions() > limits.functions()) {
      throw tooManyFunctions(code.functions());
    }
    return code;
  }

  private static WasmCode codeOf(Outcome outcome) throws RefusedException {
    return switch (outcome) {
      case Outcome.Compiled(var code) -> code;
      case Outcome.Refused(var why) -> throw new RefusedException(why);
    };
  }

  private RefusedException tooManyFunctions(int functions) {
    return new RefusedException(
        "The module has %d functions; the limit is %d.".formatted(functions, limits.functions()));
  }

  private Outcome compileOnce(String digest, byte[] bytes) throws RefusedException {
    count(bytes);
    acquire();
    boolean started = false;
    try {
      Outcome known = CACHE.get(digest);
      if (known != null) {
        return known;
      }
      FutureTask<Outcome> task = new FutureTask<>(() -> compileAndCount(bytes));
      Thread thread = new Thread(null, task, "wasm-compiler", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
      started = true;
      compiling = thread;
      Outcome outcome = await(task);
      CACHE.put(digest, outcome);
      return outcome;
    } finally {
      compiling = null;
      if (!started) {
        ONE.release();
      }
    }
  }

  /** What the isolate's turns are charged for, beside their own thread's time. Any thread asks. */
  long cpuNanos() {
    Thread now = compiling;
    return cpuNanos + (now == null ? 0 : Math.max(0, THREADS.getThreadCpuTime(now.threadId())));
  }

  /** A program without a limit on its turns' time occupies the compiler for so long at most. */
  private void count(byte[] bytes) throws RefusedException {
    compiledBytes += Math.max(bytes.length, LEAST_COUNTED);
    long most = (long) limits.heldBytes() * COMPILED_PER_HELD;
    if (compiledBytes > most) {
      throw new RefusedException(
          "The program has compiled modules of more than %d bytes in all.".formatted(most));
    }
  }

  private void acquire() {
    try {
      while (!ONE.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        stopIfInterrupted();
      }
    } catch (InterruptedException e) {
      throw new GuestInterruptedException();
    }
  }

  private Outcome await(FutureTask<Outcome> task) throws RefusedException {
    while (true) {
      try {
        return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        stopIfInterrupted();
      } catch (InterruptedException e) {
        throw new GuestInterruptedException();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RefusedException refused
            ? refused
            : new RefusedException(String.valueOf(failed.getCause()));
      }
    }
  }

  private void stopIfInterrupted() {
    if (interrupted.getAsBoolean()) {
      throw new GuestInterruptedException();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread compiles at a time.
  private Outcome compileAndCount(byte[] bytes) throws RefusedException {
    try {
      return compileAndRelease(bytes);
    } finally {
      compiling = null;
      cpuNanos += THREADS.getCurrentThreadCpuTime();
    }
  }

  private Outcome compileAndRelease(byte[] bytes) throws RefusedException {
    long heap = bytes.length * HEAP_PER_BYTE;
    if (!MemoryLimit.borrow(heap)) {
      ONE.release();
      throw new RefusedException("The process has no memory left to compile the module.");
    }
    try {
      return outcome(bytes);
    } finally {
      MemoryLimit.repay(heap);
      ONE.release();
    }
  }

  /** Parser and compiler are written for modules that somebody checked: whatever fails, fails. */
  private static Outcome outcome(byte[] bytes) {
    try {
      return new Outcome.Compiled(compileHere(bytes));
    } catch (RefusedException | RuntimeException | LinkageError refused) {
      return new Outcome.Refused(String.valueOf(refused.getMessage()));
    } catch (StackOverflowError deep) {
      return new Outcome.Refused("The module is nested too deeply.");
    } catch (OutOfMemoryError large) {
      return new Outcome.Refused("The module is too large to compile.");
    }
  }

  private static WasmCode compileHere(byte[] bytes) throws RefusedException {
    WasmSections sections = WasmSections.of(bytes);
    WasmModule module = Parser.parse(sections.code());
    WasmFeatures.check(module);
    int functions =
        module.functionSection().functionCount()
            + module.importSection().count(ExternalType.FUNCTION);
    return new WasmCode(
        translate(sections.code()),
        sections.imports(),
        WasmCode.exportsOf(module),
        sections.custom(),
        functions,
        bytes.length);
  }

  private static TranslatedModule translate(byte[] bytes) {
    TranslatorOptions options = TranslatorOptions.named(CLASS_NAME).withMemory(MemoryShape.WINDOW);
    Translation translation = Translator.translate(bytes, options);
    WasmClasses classes = new WasmClasses(translation);
    TranslatedModule module = TranslatedModule.load(CLASS_NAME, classes);
    classes.verify(List.copyOf(translation.classFiles().keySet()));
    return module;
  }
}
