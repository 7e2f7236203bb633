package dev.runnel.quickjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.engine.Interruption;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JitOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import dev.runnel.quickjs.jit.JitProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compiled functions do what interpreted ones do, within the same limits. */
class JitTest {
  private static final int PROGRAMS_PER_ISOLATE = 50;
  private static final String OUT_OF_MEMORY = "out of memory";

  private final ModuleLoader loader =
      new ModuleLoader() {
        @Override
        public String resolve(String specifier, String referrer) {
          return specifier;
        }

        @Override
        public ModuleSource load(String name) {
          return ModuleSource.of("");
        }
      };

  private final IsolateOptions interpreted = new IsolateOptions(loader, List.of());

  private IsolateOptions compiledAfter(int calls) {
    return interpreted.withJit(JitOptions.ON.withThreshold(calls));
  }

  @Test
  void everyKindOfInstructionDoesWhatTheInterpreterDoes() throws Exception {
    String cases = resource("jit-cases.js");
    try (QuickJsIsolate without = new QuickJsIsolate(interpreted);
        QuickJsIsolate with = new QuickJsIsolate(compiledAfter(1))) {
      without.evaluateScript("cases.js", cases);
      with.evaluateScript("cases.js", cases);
      for (int round = 0; round < 12; round++) {
        String call = "runCases(%d)".formatted(round);

        assertThat(with.evaluateScript("run.js", call))
            .isEqualTo(without.evaluateScript("run.js", call));
      }
      with.collectGarbage();
      without.collectGarbage();
      assertThat(with.memoryUse().usedBytes()).isEqualTo(without.memoryUse().usedBytes());
      assertThat(with.heap().jit().orElseThrow().compilations()).isGreaterThan(60);
    }
  }

  @Test
  void randomProgramsDoWhatTheyDoInterpreted() throws Exception {
    compare(0, 300);
  }

  @Test
  @Tag("long")
  void manyRandomProgramsDoWhatTheyDoInterpreted() throws Exception {
    compare(300, 10_300);
  }

  private void compare(int from, int to) throws Exception {
    assertThat(onAnIsolatesThread(() -> compilationsOfSame(from, to))).isGreaterThan(to - from);
  }

  /** How many functions were compiled by programs that all do the same. */
  private int compilationsOfSame(int from, int to) {
    int compilations = 0;
    int seed = from;
    while (seed < to) {
      try (QuickJsIsolate without = new QuickJsIsolate(interpreted);
          QuickJsIsolate with = new QuickJsIsolate(compiledAfter(2))) {
        int next = Math.min(seed + PROGRAMS_PER_ISOLATE, to);
        boolean isOver = false;
        for (; seed < next && !isOver; seed++) {
          String program = JitProgram.of(seed);
          String expected = outcome(without, program);

          assertThat(outcome(with, program))
              .as("program %d:%n%s", seed, program)
              .isEqualTo(expected);
          isOver = expected.equals(OUT_OF_MEMORY);
        }
        compilations += with.heap().jit().orElseThrow().compilations();
      }
    }
    return compilations;
  }

  /** What the program gives or throws. One that takes too much memory is its isolate's last. */
  private static String outcome(QuickJsIsolate isolate, String program) {
    try {
      return isolate.evaluateScript("program.js", program).toString();
    } catch (JsException thrown) {
      return thrown.name() + thrown.getMessage() + thrown.guestStack();
    } catch (IsolateException.OutOfMemory tooMuch) {
      return OUT_OF_MEMORY;
    }
  }

  @Test
  @Timeout(120)
  void aCompiledLoopEndsWhenItIsInterrupted() {
    try (ScheduledExecutorService others = Executors.newSingleThreadScheduledExecutor();
        QuickJsIsolate isolate = new QuickJsIsolate(compiledAfter(1))) {
      isolate.evaluateScript(
          "loop.js", "globalThis.spin = (on) => { let n = 0; while (on) n++; return n }; spin(0)");
      Interruption reason = new Interruption("test", "The test ends it.");
      others.schedule(() -> isolate.interrupt(reason), 200, TimeUnit.MILLISECONDS);

      assertThatThrownBy(() -> isolate.evaluateScript("loop.js", "spin(1)"))
          .isInstanceOf(IsolateException.TimedOut.class);
    }
  }

  @Test
  void recursionOfCompiledFunctionsIsARangeErrorInTheEnd() throws Exception {
    String deep =
        "function down(a, b) { return down(a + 1, [b]) + 1 }"
            + " try { down(0) } catch (e) { e.name + (e instanceof RangeError) }";

    JsValue result =
        onAnIsolatesThread(
            () -> {
              try (QuickJsIsolate isolate = new QuickJsIsolate(compiledAfter(1))) {
                return isolate.evaluateScript("deep.js", deep);
              }
            });

    assertThat(result).isEqualTo(new JsValue.Str("RangeErrortrue"));
  }

  @Test
  void compiledCodeThatAllocatesTooMuchEndsItsIsolate() {
    IsolateOptions small = compiledAfter(1).withLimits(Limits.DEFAULT.withMemory(8 << 20));
    try (QuickJsIsolate isolate = new QuickJsIsolate(small)) {
      String hoard = "const kept = []; const keep = (n) => kept.push({ n }); for (;;) keep(1)";

      assertThatThrownBy(() -> isolate.evaluateScript("hoard.js", hoard))
          .isInstanceOf(IsolateException.OutOfMemory.class);
    }
  }

  @Test
  void aSnapshotOfCompiledFunctionsRunsInAnyIsolate() {
    String other = "globalThis.other = (a) => a + 1; other(1); other(1); other(1)";
    String use = "[1, 2, 3].map((i) => twice(i) + other(i)).join()";
    try (QuickJsIsolate first = new QuickJsIsolate(compiledAfter(1))) {
      first.evaluateScript("app.js", "globalThis.twice = (a) => a * 2; twice(1); " + other);
      IsolateOptions same = interpreted.from(first.snapshot());
      for (IsolateOptions options : List.of(same, same.withJit(JitOptions.ON.withThreshold(2)))) {
        try (QuickJsIsolate second = new QuickJsIsolate(options)) {
          second.evaluateScript("more.js", "globalThis.more = () => 7; more(); more()");

          assertThat(second.evaluateScript("use.js", use)).isEqualTo(new JsValue.Str("4,7,10"));
        }
      }
    }
  }

  @Test
  void aFunctionThatLeavesItsCodeAgainAndAgainIsInterpretedInTheEnd() {
    try (QuickJsIsolate isolate = new QuickJsIsolate(compiledAfter(1))) {
      JsValue sum =
          isolate.evaluateScript(
              "exits.js",
              "const f = (a, b) => a - b; let sum = 0;"
                  + " for (let i = 0; i < 500; i++) sum += f('9', i % 2); sum");

      assertThat(sum).isEqualTo(JsValue.of(4250));
    }
  }

  /** One whose stack is as deep as the limits' deepest recursion. */
  private static <T> T onAnIsolatesThread(Callable<T> test) throws Exception {
    var task = new FutureTask<T>(test);
    int stackBytes = new QuickJsEngine().threadStackBytes(Limits.DEFAULT);
    new Thread(null, task, "isolate", stackBytes).start();
    return task.get();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = JitTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
