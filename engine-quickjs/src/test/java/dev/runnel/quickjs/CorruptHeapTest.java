package dev.runnel.quickjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.Interruption;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JitOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest that corrupts its own heap harms its own isolate at worst. */
class CorruptHeapTest {
  private static final int ROUNDS = 150;
  private static final int COMPILED_ROUNDS = 80;
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
  void endsItsIsolateAtWorst() throws Exception {
    endsItsIsolateAtWorst(JitOptions.OFF, ROUNDS);
  }

  /** What is compiled may have been forged: bytecode, its counts, and the heap under its code. */
  @Test
  @Timeout(300)
  void endsItsIsolateAtWorstWhenItIsCompiled() throws Exception {
    endsItsIsolateAtWorst(JitOptions.ON.withThreshold(1), COMPILED_ROUNDS);
  }

  private void endsItsIsolateAtWorst(JitOptions jit, int rounds) throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    try (var owner = Executors.newSingleThreadExecutor(CorruptHeapTest::deepThread)) {
      for (int round = 0; round < rounds; round++) {
        ends.merge(endOf(new Random(round), jit, owner), 1, Integer::sum);
      }
    }

    assertThat(ends.keySet())
        .contains("fine", "Crashed")
        .isSubsetOf("fine", "JsException", "Crashed", "OutOfMemory", "TimedOut");
  }

  @Test
  void aGuestThatStopsByItselfHasCrashedAndIsNotOutOfMemory() {
    try (QuickJsIsolate isolate = new QuickJsIsolate(new IsolateOptions(loader, List.of(host)))) {
      isolate.evaluateModule("main");
      isolate.heap().interrupt();

      assertThatThrownBy(() -> isolate.call("work", JsValue.of("'abc'")))
          .isInstanceOf(IsolateException.Crashed.class)
          .hasMessageContaining("Nobody asked it to stop");
    }
  }

  private static Thread deepThread(Runnable work) {
    int stackBytes = new QuickJsEngine().threadStackBytes(Limits.DEFAULT);
    return new Thread(null, work, "corrupt", stackBytes);
  }

  /** A guest that would go on for ever is stopped, as every limit of time stops it. */
  private String endOf(Random random, JitOptions jit, ExecutorService owner) throws Exception {
    CompletableFuture<QuickJsIsolate> opened = new CompletableFuture<>();
    Future<String> end = owner.submit(() -> run(random, jit, opened));
    try {
      return end.get(2, TimeUnit.SECONDS);
    } catch (TimeoutException endless) {
      opened.join().interrupt(new Interruption("test", "The corrupted guest goes on for ever."));
      return end.get();
    }
  }

  private String run(Random random, JitOptions jit, CompletableFuture<QuickJsIsolate> opened) {
    IsolateOptions options =
        new IsolateOptions(loader, List.of(host))
            .withLimits(Limits.DEFAULT.withMemory(32L << 20))
            .withJit(jit);
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      opened.complete(isolate);
      isolate.evaluateModule("main");
      corrupt(isolate.heap().guest(), random);
      work(isolate);
      return "fine";
    } catch (JsException | IsolateException ended) {
      return ended.getClass().getSimpleName();
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
}
