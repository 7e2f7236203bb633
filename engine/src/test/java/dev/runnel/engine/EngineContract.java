package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every engine does with scripts, values, modules, calls and jobs. */
public abstract class EngineContract extends ContractFixture {
  @Nested
  class Scripts {
    @Test
    void returnTheirCompletionValue() {
      assertThat(open().evaluateScript("a.js", "let x = 20; x + 22")).isEqualTo(JsValue.of(42));
    }

    @Test
    void shareGlobalsWithLaterScripts() {
      Isolate isolate = open();

      isolate.evaluateScript("a.js", "var shared = 'here'");

      assertThat(isolate.evaluateScript("b.js", "shared")).isEqualTo(JsValue.of("here"));
    }

    @Test
    void reportSyntaxErrors() {
      assertThatExceptionOfType(JsException.class)
          .isThrownBy(() -> open().evaluateScript("broken.js", "let = = 1"))
          .satisfies(thrown -> assertThat(thrown.name()).isEqualTo("SyntaxError"))
          .satisfies(thrown -> assertThat(thrown.guestStack()).contains("broken.js:1"));
    }

    @Test
    void reportWhatWasThrownWithFileLineAndColumn() {
      String source = "function deep() {\n  throw new TypeError('no good')\n}\ndeep()";

      JsException thrown =
          catchThrowableOfType(
              JsException.class, () -> open().evaluateScript("thrower.js", source));

      assertThat(thrown.name()).isEqualTo("TypeError");
      assertThat(thrown.text()).isEqualTo("no good");
      assertThat(thrown).hasMessage("TypeError: no good");
      assertThat(thrown.guestStack()).containsPattern("at deep \\(thrower\\.js:2:\\d+\\)");
    }

    @Test
    void reportThrownValuesThatAreNoErrors() {
      JsException thrown =
          catchThrowableOfType(JsException.class, () -> open().evaluateScript("a.js", "throw 7"));

      assertThat(thrown.name()).isEmpty();
      assertThat(thrown).hasMessage("7");
    }

    @Test
    void surviveErrorsWhoseMessageThrows() {
      Isolate isolate = open();

      assertThatExceptionOfType(JsException.class)
          .isThrownBy(
              () ->
                  isolate.evaluateScript(
                      "a.js",
                      "const e = new Error('x');"
                          + "Object.defineProperty(e, 'message', { get() { throw 1 } }); throw e"));

      assertThat(isolate.evaluateScript("b.js", "1")).isEqualTo(JsValue.of(1));
    }

    @Test
    void turnDeepRecursionIntoARangeErrorTheyCanCatch() {
      String source =
          "function f() { return f() + 1 } let e; try { f() } catch (x) { e = x } e.name";

      onDeepThread(
          () -> {
            Isolate isolate = engine().open(options());
            assertThat(text(isolate.evaluateScript("a.js", source))).isEqualTo("RangeError");
            assertThat(isolate.evaluateScript("b.js", "1")).isEqualTo(JsValue.of(1));
            isolate.close();
          });
    }
  }

  @Nested
  class Values {
    private JsValue echo(String expression) {
      loader.with("main", "import { echo } from 'host:test'; globalThis.echo = echo");
      Isolate isolate = open();
      runModule(isolate, "main");
      return isolate.evaluateScript("a.js", "echo(" + expression + ")");
    }

    private String echoed(String expression) {
      loader.with("main", "import { echo } from 'host:test'; globalThis.echo = echo");
      Isolate isolate = open();
      runModule(isolate, "main");
      String script = "{ const v = " + expression + "; String(Object.is(echo(v), v)) }";
      return text(isolate.evaluateScript("a.js", script));
    }

    @Test
    void crossUnchanged() {
      List<String> expressions =
          List.of(
              "undefined",
              "null",
              "true",
              "false",
              "0",
              "-0",
              "1",
              "-1",
              "2147483647",
              "-2147483648",
              "2147483648",
              "0.1",
              "NaN",
              "Infinity",
              "-Infinity",
              "5e-324",
              "1.7976931348623157e308",
              "''",
              "'plain'",
              "'caf\\u00e9'",
              "'\\u20ac and \\ud83d\\ude00'",
              "'\\ud800 alone'",
              "'with \\0 inside'",
              "'is it? yes'",
              "'x'.repeat(100000)",
              "'x'.repeat(5000) + 'y'.repeat(5000) + '\\u0416'",
              "('abc'.repeat(3000)).slice(10, 8000)",
              "0n",
              "-1n",
              "9223372036854775807n",
              "-9223372036854775808n",
              "9223372036854775808n",
              "-(2n ** 200n) + 5n");

      assertThat(expressions).allSatisfy(it -> assertThat(echoed(it)).as(it).isEqualTo("true"));
    }

    @Test
    void arriveAsTheirJavaCounterparts() {
      assertThat(echo("'\\ud800x'")).isEqualTo(JsValue.of("\ud800x"));
      assertThat(echo("2n ** 70n")).isEqualTo(new JsValue.BigInt(BigInteger.TWO.pow(70)));
      assertThat(echo("1.5")).isEqualTo(JsValue.of(1.5));
      assertThat(echo("undefined")).isEqualTo(JsValue.UNDEFINED);
    }

    @Test
    void takeBytesFromBuffersAndEveryKindOfView() {
      List<String> expressions =
          List.of(
              "new Uint8Array([1, 2, 3])",
              "new Uint8Array([1, 2, 3]).buffer",
              "new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4)",
              "new DataView(new Uint8Array([9, 1, 2, 3, 9]).buffer, 1, 3)",
              "new Int8Array([1, 2, 3])",
              "new Uint8ClampedArray([1, 2, 3])");

      assertThat(expressions)
          .allSatisfy(
              it ->
                  assertThat(echo(it))
                      .as(it)
                      .isEqualTo(new JsValue.Bytes(ByteBuffer.wrap(new byte[] {1, 2, 3}))));
    }

    @Test
    void seeNoBytesInDetachedBuffers() {
      assertThat(echo("(() => { const b = new ArrayBuffer(8); b.transfer(); return b })()"))
          .isEqualTo(JsValue.of(new byte[0]));
    }

    @Test
    void reachTheGuestAsUint8Arrays() {
      assertThat(echo("echo(new ArrayBuffer(2)).constructor.name"))
          .isEqualTo(JsValue.of("Uint8Array"));
    }

    @Test
    void keepTheIdentityOfObjects() {
      assertThat(echoed("{ some: 'object' }")).isEqualTo("true");
      assertThat(echoed("function () {}")).isEqualTo("true");
      assertThat(echoed("Symbol('s')")).isEqualTo("true");
    }

    @Test
    void nameTheTypesOfHandles() {
      assertThat(echo("{}").typeName()).isEqualTo("object");
      assertThat(echo("() => 1").typeName()).isEqualTo("function");
      assertThat(echo("Symbol()").typeName()).isEqualTo("symbol");
    }

    @Test
    void letHandlesBeReleasedTwice() {
      JsValue.Handle handle = (JsValue.Handle) echo("{}");

      handle.release();
      handle.release();

      assertThat(opened.getLast().evaluateScript("a.js", "1")).isEqualTo(JsValue.of(1));
    }
  }

  @Nested
  class Modules {
    @Test
    void evaluateTheirImportsFirst() {
      loader.with("main", "import { see } from 'host:test'; import './a'; see('main')");
      loader.with("a", "import { see } from 'host:test'; see('a')");

      assertThat(runModule(open(), "main")).isInstanceOf(ModuleEvaluation.Evaluated.class);

      assertThat(seen).containsExactly(JsValue.of("a"), JsValue.of("main"));
    }

    @Test
    void areLoadedOnce() {
      loader.with("main", "import './a'; import './b'; await import('./a')");
      loader.with("a", "import './b'").with("b", "");
      Isolate isolate = open();

      runModule(isolate, "main");
      runModule(isolate, "a");

      assertThat(loader.loaded).containsExactlyInAnyOrder("main", "a", "b");
    }

    @Test
    void havePropertiesInImportMeta() {
      loader.with(
          "main", "import { see } from 'host:test'; see(import.meta.url, import.meta.filename)");

      runModule(open(), "main");

      assertThat(seen).containsExactly(JsValue.of("test:main"), JsValue.of("main"));
    }

    @Test
    void stayPendingWhileTopLevelAwaitDoes() {
      loader.with("main", "export const x = await null");
      Isolate isolate = open();

      ModuleEvaluation evaluation = isolate.evaluateModule("main");

      assertThat(evaluation.state()).isEqualTo(new ModuleEvaluation.Pending());
      runJobs(isolate);
      assertThat(evaluation.state()).isInstanceOf(ModuleEvaluation.Evaluated.class);
    }

    @Test
    void failWithWhatTheyThrew() {
      loader.with("main", "import './a'").with("a", "\nthrow new RangeError('in a')");

      ModuleEvaluation.State state = runModule(open(), "main");

      assertThat(state).isInstanceOf(ModuleEvaluation.Failed.class);
      JsException cause = ((ModuleEvaluation.Failed) state).cause();
      assertThat(cause).hasMessage("RangeError: in a");
      assertThat(cause.guestStack()).contains("a:2");
    }

    @Test
    void thatFailAreNotReportedAsUnhandledRejections() {
      loader.with("sync", "throw 1").with("late", "await null; throw 2");
      Isolate isolate = open();

      runModule(isolate, "sync");
      runModule(isolate, "late");

      assertThat(isolate.takeRejections()).isEmpty();
    }

    @Test
    void thatAreMissingFailWithTheLoadersSentence() {
      loader.with("main", "import './nowhere'");

      assertThatExceptionOfType(JsException.class)
          .isThrownBy(() -> open().evaluateModule("main"))
          .withMessageContaining("Cannot find module 'nowhere' imported from main.");
    }

    @Test
    void canBeLoadedAfterOneThatIsMissing() {
      loader.with("main", "import './a'; import './nowhere'").with("a", "").with("good", "");
      Isolate isolate = open();

      assertThatExceptionOfType(JsException.class).isThrownBy(() -> isolate.evaluateModule("main"));

      loader.with("nowhere", "");
      assertThat(runModule(isolate, "main")).isInstanceOf(ModuleEvaluation.Evaluated.class);
      assertThat(runModule(isolate, "good")).isInstanceOf(ModuleEvaluation.Evaluated.class);
    }

    @Test
    void reportSyntaxErrorsWithTheirFile() {
      loader.with("main", "import './bad'").with("bad", "\nexport const = 1");

      JsException thrown =
          catchThrowableOfType(JsException.class, () -> open().evaluateModule("main"));

      assertThat(thrown.name()).isEqualTo("SyntaxError");
      assertThat(thrown.guestStack()).contains("bad:2");
    }

    @Test
    void canBeImportedDynamicallyFromScripts() {
      loader.with("main", "import { see } from 'host:test'; globalThis.see = see");
      loader.with("late", "export default 'late'");
      Isolate isolate = open();
      runModule(isolate, "main");

      isolate.evaluateScript("s.js", "import('./late').then((m) => see(m.default))");
      isolate.evaluateScript("s.js", "import('./nowhere').catch((e) => see(e.code))");
      runJobs(isolate);

      assertThat(seen)
          .containsExactlyInAnyOrder(JsValue.of("late"), JsValue.of("ERR_MODULE_NOT_FOUND"));
    }

    @Test
    void canImportEachOtherInACircle() {
      loader.with("a", "import { b } from './b'; export const a = () => 'a'; export const x = b()");
      loader.with("b", "import { a } from './a'; export function b() { return typeof a }");

      assertThat(runModule(open(), "b")).isInstanceOf(ModuleEvaluation.Evaluated.class);
    }

    @Test
    void exposeTheirNamespace() {
      loader.with("main", "export const x = 5");
      loader.with("reader", "import { register } from 'host:isolate'; register('x', (ns) => ns.x)");
      Isolate isolate = open();
      runModule(isolate, "reader");

      ModuleEvaluation.State state = runModule(isolate, "main");

      JsValue.Handle namespace = ((ModuleEvaluation.Evaluated) state).namespace();
      assertThat(isolate.call("x", namespace)).isEqualTo(JsValue.of(5));
    }
  }

  @Nested
  class Calls {
    private Isolate registering(String source) {
      loader.with("main", "import { register } from 'host:isolate';" + source);
      Isolate isolate = open();
      runModule(isolate, "main");
      return isolate;
    }

    @Test
    void reachRegisteredFunctions() {
      Isolate isolate = registering("register('add', (a, b) => a + b)");

      assertThat(isolate.call("add", JsValue.of("x"), JsValue.of(1))).isEqualTo(JsValue.of("x1"));
      assertThat(isolate.isRegistered("add")).isTrue();
      assertThat(isolate.isRegistered("other")).isFalse();
    }

    @Test
    void reachTheFunctionRegisteredLast() {
      Isolate isolate = registering("register('f', () => 1); register('f', () => 2)");

      assertThat(isolate.call("f")).isEqualTo(JsValue.of(2));
    }

    @Test
    void throwWhatTheFunctionThrows() {
      Isolate isolate = registering("register('f', () => { throw new Error('from f') })");

      assertThatExceptionOfType(JsException.class)
          .isThrownBy(() -> isolate.call("f"))
          .withMessage("Error: from f");
    }

    @Test
    void ofUnknownNamesFail() {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> open().call("nobody"))
          .withMessageContaining("nobody");
    }

    @Test
    void passBytesByCopy() {
      Isolate isolate = registering("register('f', (b) => { b[0] = 9; return b.subarray(0, 2) })");
      byte[] mine = {1, 2, 3};

      assertThat(isolate.call("f", JsValue.of(mine))).isEqualTo(JsValue.of(new byte[] {9, 2}));
      assertThat(mine).containsExactly(1, 2, 3);
    }

    @Test
    void fromAnotherThreadAreRefused() throws InterruptedException {
      Isolate isolate = open();
      List<Throwable> thrown = new ArrayList<>();

      Thread other =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> thrown.add(e))
              .start(() -> isolate.evaluateScript("a.js", "1"));
      other.join();

      assertThat(thrown).hasOnlyElementsOfType(IllegalStateException.class).hasSize(1);
    }
  }

  @Nested
  class Jobs {
    @Test
    void runOneAtATime() {
      assumeTrue(engine().capabilities().contains(Engine.Capability.SINGLE_JOBS));
      loader.with("main", "import { see } from 'host:test'; globalThis.see = see");
      Isolate isolate = open();
      runModule(isolate, "main");
      isolate.evaluateScript("a.js", "queueMicrotask(() => see(1)); queueMicrotask(() => see(2))");

      assertThat(isolate.runJob()).isTrue();
      assertThat(seen).containsExactly(JsValue.of(1));
      assertThat(isolate.runJob()).isTrue();
      assertThat(seen).containsExactly(JsValue.of(1), JsValue.of(2));
      assertThat(isolate.runJob()).isFalse();
    }

    @Test
    void throwWhatTheirCallbackThrows() {
      Isolate isolate = open();
      isolate.evaluateScript("a.js", "queueMicrotask(() => { throw new Error('in a job') })");

      assertThatExceptionOfType(JsException.class)
          .isThrownBy(() -> runJobs(isolate))
          .withMessage("Error: in a job");
    }

    @Test
    void leaveUnhandledRejectionsBehind() {
      Isolate isolate = open();

      isolate.evaluateScript("a.js", "Promise.reject('why'); 0");
      runJobs(isolate);

      List<Rejection> rejections = isolate.takeRejections();
      assertThat(rejections).hasSize(1);
      assertThat(rejections.getFirst().reason()).isEqualTo(JsValue.of("why"));
      assertThat(rejections.getFirst().handled()).isFalse();
      assertThat(isolate.takeRejections()).isEmpty();
    }

    @Test
    void rememberTheContextFrameOfARejection() {
      Isolate isolate = open();
      loader.with(
          "main",
          """
          import { setContextFrame } from 'host:isolate';
          setContextFrame('request 7');
          Promise.reject('why');
          setContextFrame(undefined);
          """);
      runModule(isolate, "main");

      assertThat(isolate.takeRejections())
          .singleElement()
          .satisfies(it -> assertThat(it.frame()).isEqualTo(JsValue.of("request 7")));
    }

    @Test
    void leaveNoRejectionThatWasHandledInTime() {
      Isolate isolate = open();

      isolate.evaluateScript("a.js", "const p = Promise.reject(1); p.catch(() => {}); 0");
      runJobs(isolate);

      assertThat(isolate.takeRejections()).isEmpty();
    }

    @Test
    void reportHandlersThatCameLate() {
      Isolate isolate = open();
      isolate.evaluateScript("a.js", "var p = Promise.reject(1); 0");
      isolate.takeRejections();

      isolate.evaluateScript("b.js", "p.catch(() => {}); 0");

      assertThat(isolate.takeRejections())
          .singleElement()
          .satisfies(it -> assertThat(it.handled()).isTrue());
    }
  }
}
