package dev.runnel.runtime.host.intl;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what may load classes of ICU on a thread of its own. A guest can call us near the end of its
 * thread's stack, and a class whose initialiser met a StackOverflowError would be broken for every
 * isolate from then on.
 */
final class WholeStack {
  private static final long BYTES = 4 << 20;

  private WholeStack() {}

  /** Returns when the work is done. */
  static <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofPlatform().name("runnel-intl").daemon().stackSize(BYTES).start(task);
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
