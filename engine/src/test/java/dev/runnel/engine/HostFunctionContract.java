package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How calls from JavaScript reach Java, and how they fail. */
public abstract class HostFunctionContract extends ContractFixture {
  private String caught(String call) {
    loader.with("main", "import * as host from 'host:test'; globalThis.host = host");
    Isolate isolate = open();
    runModule(isolate, "main");
    return text(
        isolate.evaluateScript(
            "caught.js",
            "let e; try { "
                + call
                + " } catch (x) { e = x } [e.constructor.name, e.name, e.message, e.code,"
                + " e.errno, e.syscall, e.path].join()"));
  }

  @Test
  void failWithErrorsOfTheRightClassAndCode() {
    assertThat(caught("host.fail('type', 'ERR_T', 'the type')"))
        .isEqualTo("TypeError,TypeError,the type,ERR_T,,,");
    assertThat(caught("host.fail('range', 'ERR_R', 'the range')"))
        .isEqualTo("RangeError,RangeError,the range,ERR_R,,,");
    assertThat(caught("host.fail('syntax', '', 'the syntax')"))
        .isEqualTo("SyntaxError,SyntaxError,the syntax,,,,");
    assertThat(caught("host.fail('error', 'ERR_E', '100%')"))
        .isEqualTo("Error,Error,100%,ERR_E,,,");
  }

  @Test
  void takeSeveralLongTextsAtOnce() {
    assertThat(
            caught("host.fail('type', '\u00e9'.repeat(80000), '\u20ac'.repeat(80000) + '\\ud800')"))
        .isEqualTo(
            "TypeError,TypeError,%s\ud800,%s,,,"
                .formatted("\u20ac".repeat(80_000), "\u00e9".repeat(80_000)));
  }

  @Test
  void failWithNodesSystemErrors() {
    assertThat(caught("host.fail('system', 'ENOENT', 'ENOENT: no such file')"))
        .isEqualTo("Error,Error,ENOENT: no such file,ENOENT,-2,open,/x");
  }

  @Test
  void failWithDomExceptions() {
    assertThat(caught("host.fail('dom', 'DataError', 'bad data')"))
        .startsWith("DOMException,DataError,bad data");
  }

  @Test
  void nameTheCallersLineInTheirErrors() {
    loader.with("main", "import * as host from 'host:test'; globalThis.host = host");
    Isolate isolate = open();
    runModule(isolate, "main");

    JsException thrown =
        catchThrowableOfType(
            JsException.class,
            () -> isolate.evaluateScript("user.js", "\n\nhost.fail('type', 'X', 'y')"));

    assertThat(thrown.guestStack()).contains("user.js:3");
    assertThat(thrown.guestStack()).doesNotContain("makeError");
  }

  @Test
  void endTheIsolateWhenTheyHaveABug() {
    loader.with("main", "import * as host from 'host:test'; try { host.bug() } catch {}");
    Isolate isolate = open();

    IsolateException ended =
        catchThrowableOfType(IsolateException.Crashed.class, () -> isolate.evaluateModule("main"));

    assertThat(ended).hasCauseInstanceOf(UnsupportedOperationException.class);
    assertThatExceptionOfType(IsolateException.Closed.class)
        .isThrownBy(() -> isolate.evaluateScript("a.js", "1"));
  }

  @Test
  void cannotCallIntoTheirIsolate() {
    List<Isolate> self = new ArrayList<>();
    HostModule reentrant =
        HostModule.named("again").function("go", _ -> self.getFirst().evaluateScript("x", "1"));
    loader.with("main", "import { go } from 'host:again'; go()");
    Isolate isolate = open(new IsolateOptions(loader, List.of(reentrant)));
    self.add(isolate);

    assertThatExceptionOfType(IsolateException.Crashed.class)
        .isThrownBy(() -> isolate.evaluateModule("main"))
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void checkTheirArguments() {
    HostModule strict =
        HostModule.named("strict")
            .function("number", args -> JsValue.of(args.integer(0, "n", 0, 10)));
    loader.with("main", "import * as s from 'host:strict'; globalThis.s = s");
    Isolate isolate = open(new IsolateOptions(loader, List.of(strict)));
    runModule(isolate, "main");

    String script =
        "[() => s.number('x'), () => s.number(11), () => s.number(1.5), () => s.number()]"
            + ".map((f) => { try { f() } catch (e) { return e.name + ' ' + e.code } }).join()";
    assertThat(text(isolate.evaluateScript("a.js", script)))
        .isEqualTo(
            "TypeError ERR_INVALID_ARG_TYPE,RangeError ERR_OUT_OF_RANGE,"
                + "RangeError ERR_OUT_OF_RANGE,TypeError ERR_INVALID_ARG_TYPE");
  }

  @Test
  void ofAModuleThatIsNotGivenAreNotFound() {
    loader.with("main", "import 'host:absent'");

    assertThatExceptionOfType(JsException.class)
        .isThrownBy(() -> open().evaluateModule("main"))
        .withMessageContaining("host:absent");
  }
}
