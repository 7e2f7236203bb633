package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WebAssembly as programs have it: what an isolate's limits and interrupts mean for it, and that
 * nothing leads out of a module's memory. The JavaScript API itself is tested by the Web Platform
 * Tests.
 */
public abstract class WebAssemblyContract extends ContractFixture {
  private static final Interruption STOP = new Interruption("stop", "The test stopped it.");

  /**
   * What all tests run.
   *
   * <pre>
   * (module
   *   (import "m" "f" (func $f (param i32) (result i32)))
   *   (memory (export "memory") 1 4096)
   *   (table (export "table") 2 2000000 funcref)
   *   (func (export "spin") (loop (br 0)))
   *   (func $fork (export "fork") (param i32)
   *     (if (local.get 0)
   *       (then
   *         (call $fork (i32.sub (local.get 0) (i32.const 1)))
   *         (call $fork (i32.sub (local.get 0) (i32.const 1))))))
   *   (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
   *   (func (export "mutual") (param i32) (result i32) (i32.add (call $f (local.get 0)) (i32.const 1)))
   *   (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
   *   (func (export "loadFar") (param i32) (result i32) (i32.load offset=0x7ffffffe (local.get 0)))
   *   (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
   *   (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
   *   (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
   *   (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
   *   (func (export "growTable") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))
   *   (func (export "storeAndAsk") (param i32 i32) (result i32)
   *     (i32.store8 (local.get 0) (local.get 1))
   *     (drop (call $f (local.get 0)))
   *     (i32.load8_u (local.get 0)))
   *   (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
   *   (func (export "trap") unreachable))
   * </pre>
   */
  private static final byte[] MODULE =
      Base64.getDecoder()
          .decode(
              "AGFzbQEAAAABIgdgAX8Bf2AAAGABfwBgAAF/YAJ/fwBgA39/fwBgAn9/AX8CBwEBbQFmAAADDw4BAgMAAAAE"
                  + "BQUAAAYGAQQHAXABAoCJegUFAQEBgCAHiAEQBm1lbW9yeQIABXRhYmxlAQAEc3BpbgABBGZvcmsAAgRkZWVw"
                  + "AAMGbXV0dWFsAAQEbG9hZAAFB2xvYWRGYXIABgVzdG9yZQAHBGZpbGwACARjb3B5AAkEZ3JvdwAKCWdyb3dU"
                  + "YWJsZQALC3N0b3JlQW5kQXNrAAwGZGl2aWRlAA0EdHJhcAAOCpkBDgcAA0AMAAsLFQAgAARAIABBAWsQAiAA"
                  + "QQFrEAILCwcAEANBAWoLCQAgABAAQQFqCwcAIAAoAgALCwAgACgC/v///wcLCQAgACABOgAACwsAIAAgASAC"
                  + "/AsACwwAIAAgASAC/AoAAAsGACAAQAALCQDQcCAA/A8ACxMAIAAgAToAACAAEAAaIAAtAAALBwAgACABbQsD"
                  + "AAAL");

  /** An instance as {@code x}, its memory as {@code memory}; f is {@code imported(i)}. */
  private static final String SETUP =
      """
      import { webAssembly } from "host:isolate";
      globalThis.WebAssembly = webAssembly();
      globalThis.bytes = new Uint8Array(%s);
      globalThis.imported = (i) => i;
      globalThis.make = () => new WebAssembly.Instance(new WebAssembly.Module(bytes), {
        m: { f: (i) => imported(i) },
      }).exports;
      globalThis.thrown = (fn) => {
        try { fn() } catch (error) { return error.name }
        return "nothing";
      };
      globalThis.x = make();
      globalThis.memory = x.memory;
      """
          .formatted(Arrays.toString(MODULE));

  private Isolate ready() {
    return ready(options());
  }

  private Isolate ready(IsolateOptions options) {
    loader.with("setup", SETUP);
    Isolate isolate = open(options);
    assertThat(runModule(isolate, "setup")).isInstanceOf(ModuleEvaluation.Evaluated.class);
    return isolate;
  }

  private static JsValue run(Isolate isolate, String script) {
    return isolate.evaluateScript("test.js", script);
  }

  private boolean hasSandbox() {
    return engine().capabilities().contains(Engine.Capability.SANDBOX);
  }

  @Test
  void whatCompilesForTheGuestSaysHowLongItTook() {
    assumeTrue(hasSandbox(), "Else a program is trusted to compile as much as it likes.");
    Isolate isolate = ready();
    long before = isolate.helpersCpuNanos();

    // A section of its own, since what somebody has compiled already takes no time.
    run(
        isolate,
        """
        const name = Array.from({ length: 8 }, () => 97 + Math.floor(26 * Math.random()));
        new WebAssembly.Module(new Uint8Array([...bytes, 0, 9, 8, ...name]));
        """);

    assertThat(isolate.helpersCpuNanos()).isGreaterThan(before);
  }

  // ---- Memory ----

  @Test
  void bothSidesSeeTheSameBytes() {
    Isolate isolate = ready();

    assertThat(
            run(
                isolate,
                """
                const view = new Uint8Array(memory.buffer);
                view[7] = 200;
                x.store(65535, 17);
                imported = (i) => view[i] = view[i] * 2;
                [x.load(7), view[65535], x.storeAndAsk(3, 21), view[3]].join()
                """))
        .isEqualTo(JsValue.of("200,17,42,42"));
  }

  @Test
  void growthDetachesTheOldBufferWhoeverGrows() {
    Isolate isolate = ready();

    assertThat(
            run(
                isolate,
                """
                const first = memory.buffer;
                new Uint8Array(first)[9] = 9;
                const before = [memory.grow(1), first.byteLength, first.detached];
                const second = memory.buffer;
                [...before, x.grow(2), second.byteLength, second.detached, memory.buffer.byteLength,
                  x.load(9), memory.buffer.detached, memory.buffer === memory.buffer].join()
                """))
        .isEqualTo(JsValue.of("1,0,true,2,0,true,262144,9,false,true"));
  }

  @Test
  void programsCantTakeAMemorysBufferAway() {
    Isolate isolate = ready();

    assertThat(
            run(
                isolate,
                """
                const take = ["transfer", "transferToFixedLength"].map(
                  (name) => thrown(() => ArrayBuffer.prototype[name].call(memory.buffer)));
                x.store(1, 5);
                [...take, thrown(() => memory.buffer.resize(0)), x.load(1)].join()
                """))
        .isEqualTo(JsValue.of("TypeError,TypeError,TypeError,5"));
  }

  @Test
  void aBufferOutlivesItsMemory() {
    Isolate isolate = ready();

    run(isolate, "globalThis.left = new WebAssembly.Memory({ initial: 1 }).buffer; 0");
    isolate.collectGarbage();
    runJobs(isolate);

    assertThat(
            run(
                isolate,
                "const a = new Uint8Array(left); a.fill(1); for (let i = 0; i < 50; i++)"
                    + " new ArrayBuffer(65536); a.every((b) => b === 1)"))
        .isEqualTo(JsValue.TRUE);
  }

  /** The bytes beside a window are the guest's own heap: reading them would show nobody else's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.load(65533)",
        "x.load(65536)",
        "x.load(-1)",
        "x.load(-4)",
        "x.load(-65536)",
        "x.load(0x7fffffff)",
        "x.load(-0x80000000)",
        "x.loadFar(0)",
        "x.loadFar(2)",
        "x.loadFar(-0x7ffffffe)",
        "x.loadFar(0x7fffffff)",
        "x.store(65536, 1)",
        "x.store(-1, 1)",
        "x.fill(65536, 1, 1)",
        "x.fill(0, 1, 65537)",
        "x.fill(1, 1, -1)",
        "x.fill(-1, 1, 2)",
        "x.copy(0, 65535, 2)",
        "x.copy(65535, 0, 2)",
        "x.copy(0, 1, -1)",
        "x.copy(-1, 0, 2)",
        "x.divide(1, 0)",
        "x.divide(-0x80000000, -1)",
        "x.trap()"
      })
  void whatLeadsOutsideTrapsAndDoesNothing(String call) {
    Isolate isolate = ready();

    assertThat(
            run(
                isolate,
                """
                const trap = thrown(() => %s);
                const view = new Uint8Array(memory.buffer);
                [trap, view.every((byte) => byte === 0), x.load(65532)].join()
                """
                    .formatted(call)))
        .isEqualTo(JsValue.of("RuntimeError,true,0"));
  }

  @Test
  void memoryCountsAgainstTheIsolatesLimitWhichGrowthMeetsSoftly() {
    assumeTrue(hasSandbox(), "An engine without a sandbox has no hard limit.");
    Isolate isolate = ready(options().withLimits(Limits.DEFAULT.withMemory(32L << 20)));

    assertThat(
            run(
                isolate,
                """
                let grown = 0;
                while (x.grow(16) >= 0) grown++;
                const most = memory.buffer.byteLength >> 20;
                [grown > 3, most < 32, thrown(() => memory.grow(16)),
                  thrown(() => new WebAssembly.Memory({ initial: 512 })),
                  x.load(memory.buffer.byteLength - 4)].join()
                """))
        .isEqualTo(JsValue.of("true,true,RangeError,RangeError,0"));
    assertThat(isolate.memoryUse().reservedBytes()).isGreaterThan(8L << 20);
  }

  @Test
  @Timeout(120)
  void instancesThatNobodyUsesGiveTheirMemoryBack() {
    assumeTrue(hasSandbox(), "Else nothing counts it.");
    Isolate isolate = ready(options().withLimits(Limits.DEFAULT.withMemory(32L << 20)));

    for (int i = 0; i < 100; i++) {
      // The function that is imported refers to the instance: a circle through both worlds.
      run(
          isolate,
          "{ let e; e = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m: { f: () =>"
              + " e.load(0) } }).exports; if (e.grow(32) < 0) throw new Error('no room');"
              + " e.mutual(0);"
              + " e.table.set(0, e.load); 0 }");
      isolate.collectGarbage();
      runJobs(isolate);
    }

    assertThat(run(isolate, "x.load(0)")).isEqualTo(JsValue.of(0));
  }

  /** Engines may share a module's code, and must share nothing else. */
  @Test
  void instancesOfOneModuleShareNothingNorDoIsolates() {
    Isolate first = ready();
    run(first, "x.growTable(5); x.grow(1); x.store(0, 9); x.table.set(0, x.load); 0");

    Isolate second = ready();

    String state =
        "[%s.table.length, %s.memory.buffer.byteLength, %s.load(0), %s.table.get(0)].join()";
    assertThat(run(first, "globalThis.y = make(); " + state.replace("%s", "y")))
        .isEqualTo(JsValue.of("2,65536,0,"));
    assertThat(run(second, state.replace("%s", "x"))).isEqualTo(JsValue.of("2,65536,0,"));
    assertThat(run(first, "[x.table.length, x.load(0), x.table.get(0)(0)].join()"))
        .isEqualTo(JsValue.of("7,9,9"));
  }

  // ---- The end of a program ----

  @ParameterizedTest
  @ValueSource(strings = {"x.spin()", "x.fork(60)", "for (;;) try { x.fork(60) } catch {}"})
  @Timeout(60)
  void interruptsEndWhatRuns(String script) throws InterruptedException {
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
    Isolate isolate = ready(new IsolateOptions(loader, List.of(host, signal)));
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    running.await();
                    isolate.interrupt(STOP);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    IsolateException end =
        catchThrowableOfType(IsolateException.class, () -> runModule(isolate, "main"));

    assertThat(end).isInstanceOf(IsolateException.TimedOut.class).hasMessage(STOP.sentence());
    stopper.join();
  }

  @Test
  void deepRecursionIsARangeErrorAndTheProgramGoesOn() {
    onDeepThread(
        () -> {
          loader.with("setup", SETUP);
          try (Isolate isolate = engine().open(options())) {
            runModule(isolate, "setup");

            assertThat(
                    run(
                        isolate,
                        """
                        imported = (i) => x.mutual(i + 1);
                        const inTurns = thrown(() => x.mutual(0));
                        let depth = 0;
                        const js = () => { depth++; js(); };
                        imported = () => { js() };
                        const below = thrown(() => x.mutual(0));
                        [thrown(x.deep), inTurns, below, depth > 100, thrown(x.deep), x.load(0)].join()
                        """))
                .isEqualTo(JsValue.of("RangeError,RangeError,RangeError,true,RangeError,0"));
          }
        });
  }

  @Test
  void whatAFunctionOfJavaScriptThrowsPassesThrough() {
    Isolate isolate = ready();

    assertThat(
            run(
                isolate,
                """
                const error = new Error("mine");
                imported = () => { throw error };
                let caught;
                try { x.mutual(1) } catch (e) { caught = e }
                imported = () => 1;
                [caught === error, x.mutual(1)].join()
                """))
        .isEqualTo(JsValue.of("true,2"));
  }

  // ---- Limits ----

  private Isolate limited(WasmLimits limits) {
    return ready(options().withLimits(Limits.DEFAULT.withWasm(limits)));
  }

  @Test
  void modulesHaveASize() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox limit modules.");
    Isolate isolate = limited(new WasmLimits(MODULE.length, 100, 1 << 20, 10));

    assertThatThrownBy(
            () ->
                run(isolate, "new WebAssembly.Module(new Uint8Array([...bytes, 0, 3, 1, 97, 0]))"))
        .isInstanceOf(JsException.class)
        .hasMessageContaining("The module has 386 bytes; the limit is 381.");
  }

  @Test
  void modulesHaveANumberOfFunctions() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox limit modules.");
    loader.with("setup", SETUP);
    Isolate isolate =
        open(
            options()
                .withLimits(Limits.DEFAULT.withWasm(new WasmLimits(1 << 20, 14, 1 << 20, 10))));

    assertThat(runModule(isolate, "setup").toString())
        .contains("The module has 15 functions; the limit is 14.");
  }

  @Test
  void allModulesTogetherHaveASize() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox limit modules.");
    Isolate isolate = limited(new WasmLimits(1000, 100, 1000, 10));

    assertThatThrownBy(
            () -> run(isolate, "const all = []; for (;;) all.push(new WebAssembly.Module(bytes))"))
        .isInstanceOf(JsException.class)
        .hasMessageContaining("more than 1000 bytes together");
  }

  @Test
  void anIsolateCompilesOnlySoMuch() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox limit modules.");
    Isolate isolate = limited(new WasmLimits(1000, 100, 1 << 18, 10));

    assertThatThrownBy(
            () ->
                run(
                    isolate,
                    """
                    for (let i = 0; ; i++) {
                      const name = [...`${i}${Math.random()}`].map((c) => c.charCodeAt(0));
                      new WebAssembly.Module(
                        new Uint8Array([...bytes, 0, name.length + 1, name.length, ...name]));
                    }
                    """))
        .isInstanceOf(JsException.class)
        .hasMessageContaining("compiled modules of more than 1048576 bytes");
  }

  @Test
  void whatJavaHoldsForTablesCountsAsMemory() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox limit tables.");
    Isolate isolate = ready(options().withLimits(Limits.DEFAULT.withMemory(32L << 20)));

    assertThat(
            run(
                isolate,
                """
                const most = { element: "externref", initial: 200_000 };
                [thrown(() => new WebAssembly.Table(most)),
                  new WebAssembly.Table({ ...most, initial: 1000 }).length, x.load(0)].join()
                """))
        .isEqualTo(JsValue.of("RangeError,1000,0"));
  }

  @Test
  @Timeout(60)
  void nestingOfAnyDepthIsCompiledOrRefused() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox promise it.");
    Isolate isolate = ready();

    assertThat(
            text(
                run(
                    isolate,
                    """
                    const nested = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0,
                      1, 4, 1, 96, 0, 0, 3, 2, 1, 0,
                      10, 0xe6, 0xa7, 0x12, 1, 0xe2, 0xa7, 0x12, 0,
                      ...Array(1e5).fill([2, 64]).flat(), ...Array(1e5 + 1).fill(11)]);
                    [thrown(() => new WebAssembly.Module(nested)), x.load(0)].join()
                    """)))
        .isIn("CompileError,0", "nothing,0");
  }

  /** A few bytes of a file that would be a lot of Java's heap. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // 60 functions of 50,000 locals each
        "[1, 4, 1, 96, 0, 0], [3, 61, 60, ...Array(60).fill(0)],"
            + " [10, 0xa5, 3, 60, ...Array(60).fill([6, 1, 0xd0, 0x86, 3, 127, 11]).flat()]",
        // sections and names that end nowhere
        "[1, 255, 255, 255, 255, 15, 1]",
        "[2, 9, 255, 255, 255, 255, 15, 1, 97, 1, 97]",
        "[0, 5, 255, 255, 255, 255, 15]",
        "[10, 9, 255, 255, 255, 255, 15, 3, 255, 255, 255]",
        "[9, 6, 255, 255, 255, 255, 15, 0]"
      })
  @Timeout(60)
  void modulesThatAreBombsAreRefused(String sections) {
    assumeTrue(hasSandbox(), "Only engines with a sandbox promise it.");
    Isolate isolate = ready();

    assertThat(
            run(
                isolate,
                """
                const bomb = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, ...[%s].flat()]);
                [WebAssembly.validate(bomb), thrown(() => new WebAssembly.Module(bomb)), x.load(0)].join()
                """
                    .formatted(sections)))
        .isEqualTo(JsValue.of("false,CompileError,0"));
  }

  @Test
  void allTablesTogetherHaveANumberOfElements() {
    assumeTrue(hasSandbox(), "Only engines with a sandbox limit tables.");
    Isolate isolate = limited(new WasmLimits(1000, 100, 1000, 10));

    assertThat(
            run(
                isolate,
                """
                const table = new WebAssembly.Table({ element: "externref", initial: 2 });
                [x.growTable(3), x.growTable(4), thrown(() => table.grow(4)), table.grow(3),
                  thrown(() => new WebAssembly.Table({ element: "anyfunc", initial: 1 })),
                  x.growTable(-1), x.table.length].join()
                """))
        .isEqualTo(JsValue.of("2,-1,RangeError,2,RangeError,-1,5"));
  }

  // ---- Snapshots ----

  @Test
  void aHeapWithInstancesIsNotCopiedAndOneWithoutIs() {
    assumeTrue(
        engine().capabilities().contains(Engine.Capability.SNAPSHOT), "The engine has none.");
    Isolate isolate = ready();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(isolate::snapshot)
        .withMessageContaining("WebAssembly");
    loader.with(
        "space",
        "import { webAssembly } from 'host:isolate'; globalThis.WebAssembly = webAssembly()");
    Isolate other = open();
    runModule(other, "space");

    Isolate copy = open(options().from(other.snapshot()));

    assertThat(run(copy, "new WebAssembly.Memory({ initial: 2 }).buffer.byteLength"))
        .isEqualTo(JsValue.of(131072));
  }
}
