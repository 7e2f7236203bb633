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
import java.util.List;

/**
 * Runs one script on V8 in a process of its own, since some of them take their process along. Says
 * what comes of it on standard output: {@code running} from the script itself, {@code interrupted}
 * once it has been, then how the isolate ended.
 */
final class HostileGuest {
  private static final Limits LIMITS = Limits.DEFAULT.withMemory(64L << 20);

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
    Isolate[] opened = new Isolate[1];
    HostModule signal =
        HostModule.named("signal")
            .function(
                "running",
                _ -> {
                  say("running");
                  Thread.ofPlatform().daemon().start(() -> interrupt(opened[0]));
                  return JsValue.UNDEFINED;
                });
    try (Isolate isolate =
        new V8Engine()
            .open(new IsolateOptions(new Only(script), List.of(signal)).withLimits(LIMITS))) {
      opened[0] = isolate;
      isolate.evaluateModule("main");
      say("returned");
    } catch (RuntimeException ended) {
      say(ended.getClass().getSimpleName());
    }
  }

  private static void interrupt(Isolate isolate) {
    isolate.interrupt(new Interruption("cpu-time", "Stopped."));
    say("interrupted");
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }

  private record Only(String script) implements ModuleLoader {
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
