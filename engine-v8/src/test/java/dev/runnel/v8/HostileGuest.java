package dev.runnel.v8;

import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Interruption;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs one script on V8 in a process of its own, since some of them take their process along. Says
 * what comes of it on standard output: {@code running} from the script itself, {@code interrupted}
 * once it has been, then how the isolate ended, or {@code unstoppable} when it goes on all the
 * same.
 */
final class HostileGuest {
  private static final Limits LIMITS = Limits.DEFAULT.withMemory(64L << 20);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** How long a guest computes until it is interrupted, and how long it may go on then. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private HostileGuest() {}

  public static void main(String[] args) throws InterruptedException {
    String script = args[0];
    Thread guest =
        new Thread(null, () -> run(script), "guest", new V8Engine().threadStackBytes(LIMITS));
    guest.start();
    guest.join();
    Runtime.getRuntime().halt(0);
  }

  private static void run(String script) {
    Thread guest = Thread.currentThread();
    Isolate[] opened = new Isolate[1];
    HostModule signal =
        HostModule.named("signal")
            .function(
                "running",
                _ -> {
                  say("running");
                  Thread.ofPlatform().daemon().start(() -> interrupt(opened[0], guest));
                  return JsValue.UNDEFINED;
                });
    try (Isolate isolate =
        new V8Engine()
            .open(new IsolateOptions(new Only(script), List.of(signal)).withLimits(LIMITS))) {
      opened[0] = isolate;
      var evaluation = isolate.evaluateModule("main");
      while (isolate.runJob()) {
        // What the script queued is part of it.
      }
      say(evaluation.state().getClass().getSimpleName());
    } catch (RuntimeException ended) {
      say(ended.getClass().getSimpleName());
    }
  }

  /** Not before the guest is where it wants to be: V8 looks for interrupts on the way there. */
  private static void interrupt(Isolate isolate, Thread guest) {
    computes(guest);
    isolate.interrupt(new Interruption("cpu-time", "Stopped."));
    say("interrupted");
    computes(guest);
    say("unstoppable");
    Runtime.getRuntime().halt(0);
  }

  /** Waits until a thread has used that much processor time, or for ever when it ends before. */
  private static void computes(Thread guest) {
    long end = THREADS.getThreadCpuTime(guest.threadId()) + PATIENCE.toNanos();
    while (THREADS.getThreadCpuTime(guest.threadId()) < end) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }

  record Only(String script) implements ModuleLoader {
    @Override
    public String resolve(String specifier, String referrer) {
      if (!specifier.equals("host:signal")) {
        throw HostError.error("ERR_MODULE_NOT_FOUND", "There is no module %s.", specifier);
      }
      return specifier;
    }

    @Override
    public ModuleSource load(String name) {
      return ModuleSource.of(script);
    }
  }
}
