package dev.runnel.quickjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.Interruption;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest that corrupts its own heap harms its own isolate at worst. */
class CorruptHeapTest {
  private static final int ROUNDS = 150;
  private static final String PROGRAM =
      """
      import * as host from "host:test";
      import { register, mailbox, promiseDetails, evaluate } from "host:isolate";
      const kept = [{ a: 1 }, "text".repeat(50), new Uint8Array(500), new Map([[1, 2]]), 2n ** 90n];
      register("work", (text) => {
        host.take(...kept, text, new DataView(mailbox()), [..."abc"].join("\\u0416"));
        try { host.fail(text) } catch (e) { kept.push(String(e.stack)) }
        queueMicrotask(() => host.take(JSON.stringify(kept.slice(0, 2))));
        promiseDetails(Promise.reject(kept));
        return evaluate("x.js", "[" + text + ".length, /a+b/.exec('aaab')[0]].concat(1).join()");
      });
      """;

  private final HostModule host =
      HostModule.named("test")
          .function("take", args -> JsValue.of(args.toString().length()))
          .function("fail", args -> JsValue.of(args.number(0, "n")));
  private final ModuleLoader loader =
      new ModuleLoader() {
        @Override
        public String resolve(String specifier, String referrer) {
          return specifier;
        }

        @Override
        public ModuleSource load(String name) {
          return ModuleSource.of(PROGRAM);
        }
      };

  @Test
  @Timeout(300)
  void endsItsIsolateAtWorst() throws InterruptedException {
    Map<String, Integer> ends = new TreeMap<>();
    Thread thread = new Thread(null, () -> runRounds(ends), "corrupt", stackBytes());
    thread.start();
    thread.join();

    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
    assertThat(ends.keySet())
        .contains("fine")
        .isSubsetOf("fine", "JsException", "Crashed", "OutOfMemory", "TimedOut");
    assertThat(ends).containsKey("Crashed");
  }

  private static int stackBytes() {
    return new QuickJsEngine().threadStackBytes(Limits.DEFAULT);
  }

  private void runRounds(Map<String, Integer> ends) {
    for (int round = 0; round < ROUNDS; round++) {
      ends.merge(run(new Random(round)), 1, Integer::sum);
    }
  }

  private String run(Random random) {
    IsolateOptions options =
        new IsolateOptions(loader, List.of(host)).withLimits(Limits.DEFAULT.withMemory(32L << 20));
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      isolate.evaluateModule("main");
      corrupt(isolate.heap().guest(), random);
      Thread watch = Thread.ofVirtual().start(() -> stopLater(isolate));
      try {
        work(isolate);
        return "fine";
      } catch (JsException | IsolateException ended) {
        return ended.getClass().getSimpleName();
      } finally {
        watch.interrupt();
      }
    }
  }

  /** Everything but the stack: static data, allocator, QuickJS's structures, strings, bytecode. */
  private static void corrupt(Guest guest, Random random) {
    int from = 1 << 20;
    int writes = 1 << random.nextInt(12);
    for (int i = 0; i < writes; i++) {
      int address = from + random.nextInt(guest.size() - from - 4) & ~3;
      int value = random.nextBoolean() ? random.nextInt() : random.nextInt(guest.size());
      guest.writeInt(address, value);
    }
  }

  private static void work(QuickJsIsolate isolate) {
    isolate.call("work", JsValue.of("'abc'"));
    while (isolate.runJob()) {
      isolate.mailbox().takeFlags();
    }
    isolate.takeRejections();
    isolate.memoryUse();
    isolate.collectGarbage();
    isolate.call("work", JsValue.of("[1, 2]"));
  }

  private static void stopLater(QuickJsIsolate isolate) {
    try {
      Thread.sleep(2000);
      isolate.interrupt(new Interruption("test", "The corrupted guest went on for 2 seconds."));
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }
}
