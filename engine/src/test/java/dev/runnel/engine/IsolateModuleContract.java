package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code host:isolate} offers, and handles. */
public abstract class IsolateModuleContract extends ContractFixture {

  private Isolate isolate() {
    loader.with(
        "setup",
        "import * as isolate from 'host:isolate'; import { see } from 'host:test';"
            + "Object.assign(globalThis, isolate, { see })");
    Isolate isolate = open();
    runModule(isolate, "setup");
    return isolate;
  }

  @Test
  void evaluatesScriptsUnderAFileName() {
    String script =
        "const f = evaluate('/app/x.cjs', '\\n(function (a) { throw new Error(a) })');"
            + "let s; try { f('\\ud83d\\ude00') } catch (e) { s = e.message + e.stack } s";

    assertThat(text(isolate().evaluateScript("a.js", script)))
        .contains("\ud83d\ude00")
        .containsPattern("/app/x\\.cjs:2:\\d+");
  }

  @Test
  void countsLinesFromTheOneThatItIsTold() {
    String script =
        "let s = ''; try { evaluate('/x.cjs', '(function () {\\n\\nthrow new Error()\\n})', -1)() }"
            + "catch (e) { s = e.stack } s";
    String syntax =
        "let t = ''; try { evaluate('/y.cjs', '(\\n\\n  @', -1) } catch (e) { t = e.stack } t";
    Isolate isolate = isolate();

    assertThat(text(isolate.evaluateScript("a.js", script))).containsPattern("/x\\.cjs:1:\\d+");
    assertThat(text(isolate.evaluateScript("b.js", syntax))).contains("/y.cjs:1:3");
  }

  @Test
  void throwsWhatAnEvaluatedScriptThrows() {
    assertThatExceptionOfType(JsException.class)
        .isThrownBy(() -> isolate().evaluateScript("a.js", "evaluate('b.js', '1 +')"))
        .satisfies(thrown -> assertThat(thrown.name()).isEqualTo("SyntaxError"));
  }

  @Test
  void requiresModulesWithoutRunningJobs() {
    loader.with("m", "export const x = 1; Promise.resolve().then(() => see('job')); see('m')");
    Isolate isolate = isolate();

    JsValue x = isolate.evaluateScript("a.js", "requireModule('m').x + requireModule('m').x");

    assertThat(x).isEqualTo(JsValue.of(2));
    assertThat(seen).containsExactly(JsValue.of("m"));
  }

  @Test
  void evaluatingAModuleAgainAndAgainTakesNoMemory() {
    loader.with("m", "export const x = 1").with("broken", "throw new Error()");
    String again =
        "for (let i = 0; i < 1000; i++) {"
            + "requireModule('m'); try { requireModule('broken') } catch {} }";
    Isolate isolate = isolate();
    isolate.evaluateScript("warm.js", again);
    long before = usedBytes(isolate);

    isolate.evaluateScript("again.js", again);
    for (int i = 0; i < 1000; i++) {
      isolate.evaluateModule("m").state();
    }

    assertThat(usedBytes(isolate) - before).isLessThan(300_000);
  }

  private static long usedBytes(Isolate isolate) {
    isolate.collectGarbage();
    return isolate.memoryUse().usedBytes();
  }

  @Test
  void refusesToRequireModulesThatAwait() {
    loader.with("m", "await null");

    assertThat(isolate().evaluateScript("a.js", "try { requireModule('m') } catch (e) { e.code }"))
        .isEqualTo(JsValue.of("ERR_REQUIRE_ASYNC_MODULE"));
  }

  @Test
  void throwsWhatARequiredModuleThrows() {
    loader.with("m", "throw new TypeError('in m')");
    Isolate isolate = isolate();
    String script =
        "let s = ''; for (const i of [1, 2]) try { requireModule('m') } catch (e) { s += e } s";

    assertThat(text(isolate.evaluateScript("a.js", script)))
        .isEqualTo("TypeError: in mTypeError: in m");
    assertThat(isolate.takeRejections()).isEmpty();
  }

  @Test
  void looksIntoPromises() {
    String script =
        "[new Promise(() => {}), Promise.resolve(1), Promise.reject(2), {}, 3]"
            + ".map((p) => String(promiseDetails(p))).join(';')";

    assertThat(text(isolate().evaluateScript("a.js", script)))
        .isEqualTo("0,;1,1;2,2;undefined;undefined");
  }

  @Test
  void looksIntoProxies() {
    String script =
        "const t = {}, h = {}, d = proxyDetails(new Proxy(t, h));"
            + "[d[0] === t, d[1] === h, proxyDetails(t)].join()";

    assertThat(text(isolate().evaluateScript("a.js", script))).isEqualTo("true,true,");
  }

  @Test
  void asksTheLoaderToResolveOnlyWhatModulesAskFor() {
    List<String> asked = new ArrayList<>();
    loader.with("m", "import './a'").with("a", "");
    ModuleLoader listening =
        new ModuleLoader() {
          @Override
          public String resolve(String specifier, String referrer) {
            asked.add(referrer + " " + specifier);
            return loader.resolve(specifier, referrer);
          }

          @Override
          public ModuleSource load(String name) {
            return loader.load(name);
          }
        };
    Isolate isolate = open(new IsolateOptions(listening, List.of(host)));

    runModule(isolate, "m");
    runModule(isolate, "a");

    assertThat(asked).containsExactly("m ./a");
  }

  @Test
  void handlesOfAnotherIsolateAreRefused() {
    loader.with("main", "import { register } from 'host:isolate'; register('f', () => ({}))");
    Isolate one = open();
    Isolate two = open();
    runModule(one, "main");
    runModule(two, "main");

    JsValue foreign = one.call("f");

    assertThatExceptionOfType(IsolateException.Crashed.class)
        .isThrownBy(() -> two.call("f", foreign));
  }

  @Test
  void handlesKeepTheirObjectAlive() {
    loader.with(
        "main",
        "import { register } from 'host:isolate';"
            + "register('make', () => ({ v: 7 })); register('read', (o) => o.v)");
    Isolate isolate = open();
    runModule(isolate, "main");

    JsValue made = isolate.call("make");
    isolate.collectGarbage();

    assertThat(isolate.call("read", made)).isEqualTo(JsValue.of(7));
  }
}
