package dev.runnel.quickjs;

import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import dev.runnel.wasm.GuestInterruptedException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.UninstantiableException;

/**
 * Compiles to bytecode in a heap of its own, which is thrown away. Of its own also because QuickJS
 * finds a module by the first one of its name.
 *
 * <p>Confined to one thread, but for {@link #interrupt()}.
 */
final class ScratchHeap {
  private final IsolateOptions options;
  private final BooleanSupplier interrupted;
  private volatile @Nullable Heap open;

  /**
   * @param interrupted whether who waits for the code is to end
   */
  ScratchHeap(Limits limits, BooleanSupplier interrupted) {
    this.options = new IsolateOptions(new EmptyModules(), List.of()).withLimits(limits);
    this.interrupted = interrupted;
  }

  /** How compiled code becomes bytecode. */
  interface Writer {
    byte[] write(QuickJs js, long code);
  }

  /**
   * The bytecode of a module or script; empty when it has errors or there is too little memory.
   *
   * @param kind {@link QuickJs#EVAL_MODULE} or {@link QuickJs#EVAL_SCRIPT}
   */
  Optional<byte[]> compile(String name, byte[] utf8, int kind, Writer writer) {
    MemoryLimit limit = new MemoryLimit(options.limits().memoryBytes());
    try (Heap heap = new Heap(options, limit, interrupted)) {
      open = heap;
      if (interrupted.getAsBoolean()) {
        heap.interrupt();
      }
      long code = heap.js().evaluate(name, utf8, kind | QuickJs.EVAL_COMPILE_ONLY);
      return Optional.of(writer.write(heap.js(), code));
    } catch (GuestThrow | UninstantiableException | OutOfMemoryError failed) {
      return Optional.empty();
    } catch (GuestInterruptedException | GuestOutOfMemoryException stopped) {
      if (limit.exceeded()) {
        return Optional.empty();
      }
      throw stopped;
    } finally {
      open = null;
      limit.abandon();
    }
  }

  /** Stops a compilation that is under way. Any thread may call this. */
  void interrupt() {
    Heap running = open;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Compiling loads what a module imports but doesn't look inside, so anything will do. */
  private record EmptyModules() implements ModuleLoader {
    @Override
    public String resolve(String specifier, String referrer) {
      return "empty:" + specifier;
    }

    @Override
    public ModuleSource load(String name) {
      return ModuleSource.of("");
    }
  }
}
