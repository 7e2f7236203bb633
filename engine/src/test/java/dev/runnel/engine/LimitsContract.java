package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** How isolates end, and that nothing outside of them notices. */
public abstract class LimitsContract extends ContractFixture {
  private static final Interruption CPU_TIME =
      new Interruption("cpu-time", "The program used more than 10 ms of CPU time.");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Nested
  class Interrupts {
    /** Runs a script until it is interrupted from another thread, once it says that it runs. */
    private IsolateException.TimedOut interrupted(String script) {
      IsolateException end = ended(script);
      assertThat(end).isInstanceOf(IsolateException.TimedOut.class);
      return (IsolateException.TimedOut) end;
    }

    private IsolateException ended(String script) {
      CountDownLatch running = new CountDownLatch(1);
      HostModule signal =
          HostModule.named("signal")
              .function(
                  "running",
                  _ -> {
                    running.countDown();
                    return JsValue.UNDEFINED;
                  });
      loader.with("main", "import { running } from 'host:signal'; running(); " + script);
      Isolate isolate = open(new IsolateOptions(loader, List.of(host, signal)));
      Thread guest = Thread.currentThread();
      Thread.ofPlatform().start(() -> interruptOnce(running, guest, isolate));
      return catchThrowableOfType(IsolateException.class, () -> runModule(isolate, "main"));
    }

    /** Waits until the guest has spent some time in its loop. */
    private void interruptOnce(CountDownLatch running, Thread guest, Isolate isolate) {
      try {
        running.await();
        long start = THREADS.getThreadCpuTime(guest.threadId());
        while (THREADS.getThreadCpuTime(guest.threadId()) < start + 20_000_000) {
          Thread.sleep(1);
        }
        isolate.interrupt(CPU_TIME);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Test
    void endLoopsAndSayWhy() {
      assertThat(interrupted("for (;;);").reason()).isEqualTo(CPU_TIME);
    }

    @Test
    void endLoopsThatCatchEverything() {
      assertThat(interrupted("for (;;) try { for (;;); } catch {} finally { continue }"))
          .hasMessage(CPU_TIME.sentence());
    }

    @Test
    void endMicrotasksThatQueueEachOther() {
      assertThat(interrupted("const f = () => queueMicrotask(f); f()")).isNotNull();
    }

    @Test
    void endRecursionWithoutEnd() {
      String script = "const f = () => { try { f() } finally { f() } }; f()";

      onDeepThread(() -> assertThat(interrupted(script)).isNotNull());
    }

    /** Those that keep what they make may meet the limit of memory first. */
    @ParameterizedTest
    @FieldSource("dev.runnel.engine.HostileLoops#SCRIPTS")
    @Timeout(60)
    void endLoopsInsideOfBuiltIns(String script) {
      assertThat(ended(script))
          .isInstanceOfAny(IsolateException.TimedOut.class, IsolateException.OutOfMemory.class);
    }

    @ParameterizedTest
    @FieldSource("dev.runnel.engine.HostileLoops#HUGE_LENGTHS")
    @Timeout(60)
    void endLoopsOverHugeLengths(String script) {
      assumeTrue(
          engine().capabilities().contains(Engine.Capability.SANDBOX),
          "docs/engines.md: nothing stops these on an engine without a sandbox.");

      assertThat(interrupted(script).reason()).isEqualTo(CPU_TIME);
    }

    @Test
    void endIdleIsolatesAtTheirNextCall() {
      Isolate isolate = open();

      isolate.interrupt(CPU_TIME);

      assertThatExceptionOfType(IsolateException.TimedOut.class)
          .isThrownBy(() -> isolate.evaluateScript("a.js", "1"));
      assertThatExceptionOfType(IsolateException.Closed.class)
          .isThrownBy(() -> isolate.evaluateScript("a.js", "1"));
    }

    @Test
    void giveTheFirstReason() {
      Isolate isolate = open();

      isolate.interrupt(CPU_TIME);
      isolate.interrupt(new Interruption("other", "Another reason."));

      assertThatExceptionOfType(IsolateException.TimedOut.class)
          .isThrownBy(() -> isolate.runJob())
          .satisfies(ended -> assertThat(ended.reason()).isEqualTo(CPU_TIME));
    }
  }

  @Nested
  class Memory {
    private final Limits small = Limits.DEFAULT.withMemory(16L << 20);

    private void endsOutOfMemory(String script) {
      Isolate isolate = open(options().withLimits(small));

      assertThatExceptionOfType(IsolateException.OutOfMemory.class)
          .as(script)
          .isThrownBy(() -> isolate.evaluateScript("a.js", script))
          .withMessageContaining("16777216");
    }

    @Test
    void runsOutInEveryWayOfAllocating() {
      assumeTrue(
          engine().capabilities().contains(Engine.Capability.HARD_MEMORY_LIMIT),
          "docs/engines.md: without a hard limit of memory a flood may end the process.");

      List.of(
              "const a = []; for (;;) a.push({})",
              "let s = 'x'; for (;;) s = [s, s].join('')",
              "const a = []; for (;;) a.push(new Uint8Array(100000))",
              "new Uint8Array(2 ** 30)",
              "const m = new Map(); for (let i = 0; ; i++) m.set(i, i)",
              "const a = []; let n = 2n ** 50000n; for (;;) a.push((n += 1n))",
              "const a = []; for (;;) try { for (;;) a.push([1, 2, 3]) } catch {}",
              "JSON.parse('[' + '{},'.repeat(2e6) + '0]')",
              "let f = () => 0; for (;;) f = f.bind(null, 1)",
              "const a = []; for (;;) a.push(Symbol())")
          .forEach(this::endsOutOfMemory);
    }

    @Test
    void ofOneIsolateIsNotThatOfAnother() {
      assumeTrue(
          engine().capabilities().contains(Engine.Capability.HARD_MEMORY_LIMIT),
          "docs/engines.md: without a hard limit of memory a flood may end the process.");
      Isolate other = open();

      endsOutOfMemory("const a = []; for (;;) a.push({})");

      assertThat(other.evaluateScript("a.js", "1")).isEqualTo(JsValue.of(1));
    }

    @Test
    void isReported() {
      Isolate isolate = open(options().withLimits(small));
      long before = isolate.memoryUse().usedBytes();

      isolate.evaluateScript("a.js", "var kept = new Uint8Array(3000000); 0");

      MemoryUse use = isolate.memoryUse();
      assertThat(use.usedBytes()).isBetween(before + 3_000_000, before + 3_100_000);
      assertThat(use.reservedBytes()).isBetween(use.usedBytes(), use.limitBytes());
      assertThat(use.limitBytes()).isEqualTo(16L << 20);
    }

    @Test
    void comesBackWhenGarbageIsCollected() {
      Isolate isolate = open(options().withLimits(small));
      isolate.evaluateScript("a.js", "var x = { big: new Uint8Array(3000000) }; x.self = x; 0");
      long with = isolate.memoryUse().usedBytes();

      isolate.evaluateScript("b.js", "x = null");
      isolate.collectGarbage();

      assertThat(isolate.memoryUse().usedBytes()).isLessThan(with - 2_900_000);
    }
  }

  @Nested
  class Stack {
    private void survives(String script) {
      onDeepThread(
          () -> {
            Isolate isolate = engine().open(options());
            try {
              isolate.evaluateScript(
                  "deep.js", "var r; try { " + script + " } catch (e) { r = e }");
              assertThat(isolate.evaluateScript("after.js", "1 + 1")).isEqualTo(JsValue.of(2));
            } finally {
              isolate.close();
            }
          });
    }

    @Test
    void overflowsAreErrorsThatAProgramSurvives() {
      List.of(
              "(function f() { f() })()",
              "(function f(...a) { f(...a) })(1, 2, 3)",
              "const f = () => [1].map(f); f()",
              "const f = () => JSON.stringify({ toJSON: f }); f()",
              "const o = { get x() { return this.x } }; o.x",
              "const p = new Proxy({}, { get(t, k, r) { return r[k] } }); p.x",
              "class A { constructor() { new A() } } new A()",
              "'x'.replace(/x/, function f() { return 'x'.replace(/x/, f) })",
              "const f = () => eval('f()'); f()",
              "new RegExp('('.repeat(1e5))",
              "[].sort.call([1, 2], function f() { return [1, 2].sort(f) })",
              "function* g() { yield* g() } g().next()",
              "const f = async () => { await f() }; f()",
              "const t = { toString() { return `${t}` } }; `${t}`",
              "const f = (a, b) => f`${b}`; f(1, 2)",
              "Reflect.construct(function f() { Reflect.construct(f, []) }, [])")
          .forEach(this::survives);
    }

    @Test
    void whatShapesStackTracesRunsWhenTheStackHasOverflowed() {
      String setup =
          "import { withHeadroom } from 'host:isolate';"
              + "Error.prepareStackTrace = withHeadroom((e, sites) => [e.name, sites.length > 5])";
      String overflow =
          "const f = (n) => f(n + 1) + 1; let s; try { f(0) } catch (e) { s = String(e.stack) } s";
      loader.with("setup", setup);
      onDeepThread(
          () -> {
            Isolate isolate = engine().open(options());
            try {
              runModule(isolate, "setup");
              assertThat(isolate.evaluateScript("deep.js", overflow))
                  .isEqualTo(JsValue.of("RangeError,true"));
            } finally {
              isolate.close();
            }
          });
    }

    /** Native code that recurses over nested data may not meet the guest's own limit first. */
    @Test
    void overflowsInNativeCodeAtWorstEndTheIsolate() {
      List.of(
              "eval('('.repeat(1e5))",
              "eval('-'.repeat(1e5) + '1')",
              "JSON.parse('['.repeat(1e5))",
              "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)",
              "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)",
              "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)",
              "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x")
          .forEach(this::survivesOrEnds);
    }

    private void survivesOrEnds(String script) {
      onDeepThread(
          () -> {
            Isolate isolate = engine().open(options());
            try {
              isolate.evaluateScript("deep.js", script);
            } catch (JsException | IsolateException.Crashed | IsolateException.OutOfMemory e) {
              assertThat(e.getMessage()).as(script).isNotBlank();
            } finally {
              isolate.close();
            }
          });
    }
  }

  @Nested
  class HostCallsDeepInARecursion {
    /** Without the stack that the engine asks for, since that is what this is about. */
    @Test
    void areRefusedOrEndTheIsolateButBreakNothing() throws InterruptedException {
      loader.with("main", "import { echo } from 'host:test'; globalThis.echo = echo");
      for (int kilobytes : new int[] {512, 1024, 2048}) {
        Thread small = new Thread(null, this::recurse, "small", kilobytes << 10);
        small.start();
        small.join();
      }
      Isolate isolate = open();
      runModule(isolate, "main");
      assertThat(isolate.evaluateScript("a.js", "echo('x')")).isEqualTo(JsValue.of("x"));
    }

    private void recurse() {
      Isolate isolate = engine().open(options());
      try {
        runModule(isolate, "main");
        isolate.evaluateScript("a.js", "(function f() { echo('x'); f(); echo(1n << 80n) })()");
      } catch (JsException | IsolateException.Crashed expected) {
        seen.add(JsValue.of(expected.toString()));
      } finally {
        isolate.close();
      }
    }
  }

  @Nested
  class SharedRegion {
    private static final String SETUP =
        "import { mailbox, flush } from 'host:isolate';"
            + "globalThis.box = new DataView(mailbox()); globalThis.flush = flush;"
            + "globalThis.put = (type, id, ...bytes) => {"
            + "  const at = box.getUint32(0, true);"
            + "  [type, id, 7, bytes.length].forEach((v, i) => box.setUint32(at + 4 * i, v, true));"
            + "  bytes.forEach((v, i) => box.setUint8(at + 16 + i, v));"
            + "  box.setUint32(0, at + 16 + ((bytes.length + 7) & ~7), true);"
            + "};";

    private Isolate withMailbox(IsolateOptions options) {
      loader.with("setup", SETUP);
      Isolate isolate = open(options);
      runModule(isolate, "setup");
      return isolate;
    }

    private static List<String> records(Mailbox mailbox) {
      List<String> records = new java.util.ArrayList<>();
      mailbox.readAll(
          (type, id, aux, payload) ->
              records.add("%d/%d/%d/%d".formatted(type, id, aux, payload.remaining())));
      return records;
    }

    @Test
    void carriesRecords() {
      Isolate isolate = withMailbox(options());

      isolate.evaluateScript("a.js", "put(1, 2, 9, 9, 9); put(3, 4)");

      assertThat(records(isolate.mailbox())).containsExactly("1/2/7/3", "3/4/7/0");
      assertThat(isolate.mailbox().isEmpty()).isTrue();
    }

    @Test
    void isReadWhenTheGuestFlushes() {
      List<String> records = new java.util.ArrayList<>();
      Isolate isolate = withMailbox(options().withFlush(box -> records.addAll(records(box))));

      isolate.evaluateScript("a.js", "put(1, 2); flush(); put(3, 4); flush()");

      assertThat(records).containsExactly("1/2/7/0", "3/4/7/0");
    }

    @Test
    void holdsAsManyBytesAsAsked() {
      Limits limits = new Limits(64L << 20, 512 << 10, 40_000);

      Isolate isolate = withMailbox(options().withLimits(limits));

      assertThat(isolate.evaluateScript("a.js", "box.byteLength")).isEqualTo(JsValue.of(40_000));
    }

    @Test
    void survivesWhateverTheGuestDoesToItsBuffer() {
      Isolate isolate = withMailbox(options());
      String script =
          "const b = box.buffer;"
              + "const tries = [() => b.transfer(), () => b.transfer(0), () => b.resize(1),"
              + "  () => b.transferToFixedLength(16), () => b.transferToImmutable(),"
              + "  () => structuredClone(b, { transfer: [b] })];"
              + "for (const t of tries) try { t() } catch {}"
              + "var churn = []; for (let i = 0; i < 1000; i++) churn.push(new Uint8Array(5000));"
              + "b.byteLength";

      assertThat(isolate.evaluateScript("a.js", script)).isEqualTo(JsValue.of(131_072));

      isolate.evaluateScript("b.js", "put(5, 6)");
      assertThat(records(isolate.mailbox())).containsExactly("5/6/7/0");
    }

    @Test
    void endsTheIsolateWhenARecordIsBad() {
      Isolate isolate = withMailbox(options().withFlush(box -> box.readAll((_, _, _, _) -> {})));

      assertThatExceptionOfType(IsolateException.Crashed.class)
          .isThrownBy(
              () -> isolate.evaluateScript("a.js", "box.setUint32(0, 2 ** 31, true); flush()"));
      assertThatExceptionOfType(IsolateException.Closed.class).isThrownBy(isolate::runJob);
    }
  }
}
