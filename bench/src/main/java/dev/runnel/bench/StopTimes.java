package dev.runnel.bench;

import dev.runnel.engine.Interruption;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How long a loop goes on after it has been interrupted, for loops that end in no other way. */
final class StopTimes {
  private static final int RUNS = 5;
  private static final long HEAD_START_MILLISECONDS = 150;

  private static final List<String> LOOPS =
      List.of(
          "for (;;) {}",
          "let n = 0n; for (;;) n += 1n",
          "(function f() { try { f() } finally { f() } })()",
          "Array.prototype.reverse.call({ length: 2 ** 53 - 1 })",
          "Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 1)",
          "Array.prototype.sort.call({ length: 2 ** 53 - 1 })",
          "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)",
          "[].concat({ length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true })",
          "Array(2 ** 32 - 1).join()",
          "/^(a+)+$/.test('a'.repeat(60) + 'b')",
          "'x'.repeat(1 << 24).replaceAll('x', 'yy').replaceAll('y', 'zz').replaceAll('z', 'xx')",
          "for (let n = 3n; ; n **= 3n);",
          "for (;;) JSON.parse(JSON.stringify(Array(100000).fill('text')))",
          "for (;;) 'e\\u0301'.repeat(1 << 20).normalize('NFC')");

  List<String> run() throws Exception {
    double worst = 0;
    for (String loop : LOOPS) {
      double slowest = 0;
      for (int i = 0; i < RUNS; i++) {
        slowest = Math.max(slowest, stop(loop));
      }
      System.out.printf(Locale.ROOT, "  %7.1f ms  %s%n", slowest, loop);
      worst = Math.max(worst, slowest);
    }
    return List.of("FIGURE loop_stop_ms_worst %.1f".formatted(worst));
  }

  /** Milliseconds from the interrupt to the end; 0 for one that ended by itself, in an error. */
  private static double stop(String loop) throws InterruptedException {
    AtomicLong interrupted = new AtomicLong();
    try (Isolate isolate = RunnelRenderer.engine().open(RunnelRenderer.options())) {
      Thread clock = Thread.ofPlatform().start(() -> interruptLater(isolate, interrupted));
      try {
        isolate.evaluateScript("loop.js", loop);
        return 0;
      } catch (IsolateException.TimedOut stopped) {
        return (System.nanoTime() - interrupted.get()) / 1e6;
      } catch (RuntimeException endedByItself) {
        return 0;
      } finally {
        clock.join();
      }
    }
  }

  private static void interruptLater(Isolate isolate, AtomicLong interrupted) {
    try {
      TimeUnit.MILLISECONDS.sleep(HEAD_START_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    interrupted.set(System.nanoTime());
    isolate.interrupt(new Interruption("bench", "The benchmark ends it."));
  }
}
