package dev.runnel.quickjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.engine.Interruption;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.MemoryUse;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A heap holds little besides what the program keeps. */
class LeanHeapTest {
  /** Some 200 KB. */
  private static final String LARGE =
      IntStream.range(0, 3000)
          .mapToObj("function f%d(first, second) { return first + second * %<d; }"::formatted)
          .collect(Collectors.joining("\n", "", "\n"));

  /** The C stack, static data, the mailbox, the allocator's reserve. */
  private static final int ENGINE_BYTES = (1 << 20) + (512 << 10);

  private String source = "";
  private Runnable whenLoading = () -> {};

  private final ModuleLoader loader =
      new ModuleLoader() {
        @Override
        public String resolve(String specifier, String referrer) {
          return specifier;
        }

        @Override
        public ModuleSource load(String name) {
          whenLoading.run();
          return ModuleSource.of(source);
        }
      };

  private final IsolateOptions options = new IsolateOptions(loader, List.of());

  @Test
  void aSnapshotOfALargeProgramHasNoParserGarbageAndNoUnusedTail() {
    source = LARGE + "globalThis.f = f2999;";
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      isolate.evaluateModule("large.js");
      isolate.snapshot();

      MemoryUse use = isolate.memoryUse();
      assertThat(use.reservedBytes())
          .isLessThan(ENGINE_BYTES + use.usedBytes() + use.usedBytes() / 4);
    }
  }

  @Test
  void aHeapGoesOnAfterItsSnapshotAndFromIt() {
    source = LARGE + "globalThis.f = f2999;";
    String grow = "JSON.stringify(Array.from({ length: 100_000 }, (_, i) => f(i, 1))).length";
    try (QuickJsIsolate first = new QuickJsIsolate(options)) {
      first.evaluateModule("large.js");
      IsolateOptions further = options.from(first.snapshot());
      try (QuickJsIsolate second = new QuickJsIsolate(further)) {
        long before = second.memoryUse().reservedBytes();

        JsValue length = second.evaluateScript("grow.js", grow);

        assertThat(first.evaluateScript("grow.js", grow)).isEqualTo(length);
        assertThat(second.memoryUse().reservedBytes()).isGreaterThan(before);
      }
    }
  }

  @Test
  void functionsOfALargeProgramKeepTheirText() {
    source = LARGE + "globalThis.f = f2999;";
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      isolate.evaluateModule("large.js");

      assertThat(isolate.evaluateScript("text.js", "String(f)"))
          .isEqualTo(
              new JsValue.Str("function f2999(first, second) { return first + second * 2999; }"));
    }
  }

  @Test
  void aVeryLargeFunctionHasNoTextButThoseInItDo() {
    source = "globalThis.outer = function outer() {\n" + LARGE + "return f2999; };";
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      isolate.evaluateModule("large.js");

      assertThat(isolate.evaluateScript("text.js", "String(outer)"))
          .isEqualTo(new JsValue.Str("function outer() {\n    [native code]\n}"));
      assertThat(isolate.evaluateScript("text.js", "String(outer())"))
          .isEqualTo(
              new JsValue.Str("function f2999(first, second) { return first + second * 2999; }"));
    }
  }

  @Test
  void aVeryLargeClassKeepsItsText() {
    String text = "class Large { m() {\n" + LARGE + "} }";
    source = "globalThis.Large = " + text + ";";
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      isolate.evaluateModule("large.js");

      assertThat(isolate.evaluateScript("text.js", "String(Large)"))
          .isEqualTo(new JsValue.Str(text));
    }
  }

  @Test
  void anErrorInALargeProgramNamesItsPlace() {
    source = LARGE + "let = = 1;";
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      assertThatThrownBy(() -> isolate.evaluateModule("large.js"))
          .isInstanceOfSatisfying(
              JsException.class,
              thrown -> {
                assertThat(thrown.name()).isEqualTo("SyntaxError");
                assertThat(thrown.guestStack()).contains("large.js:3001");
              });
    }
  }

  @Test
  void aLargeProgramIsNotCompiledForAnIsolateThatIsToEnd() {
    source = LARGE;
    try (QuickJsIsolate isolate = new QuickJsIsolate(options)) {
      whenLoading = () -> isolate.interrupt(new Interruption("test", "The test ends it."));

      assertThatThrownBy(() -> isolate.evaluateModule("large.js"))
          .isInstanceOf(IsolateException.TimedOut.class);
    }
  }

  @Test
  void aProgramTooLargeForTheLimitRunsOutOfMemory() {
    source = "globalThis.text = `" + "x".repeat(8 << 20) + "`;";
    IsolateOptions small = options.withLimits(options.limits().withMemory(4 << 20));
    try (QuickJsIsolate isolate = new QuickJsIsolate(small)) {
      assertThatThrownBy(() -> isolate.evaluateModule("large.js"))
          .isInstanceOf(IsolateException.OutOfMemory.class);
    }
  }
}
