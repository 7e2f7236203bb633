package dev.runnel.v8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What V8 survives and what it doesn't, as {@code docs/engines.md} lists it, each in a process. */
@EnabledIf(
    value = "dev.runnel.v8.V8Platform#runsHere",
    disabledReason = "V8's native library does not run here.")
class V8HostileTest {
  /** The status of a process that V8 gives up: 128 and the number of the signal. */
  private static final int SIGTRAP = 133;

  private static final String SIGNAL = "import { running } from 'host:signal'; running(); ";

  private static Process start(String script) throws IOException {
    return start(HostileGuest.class, script);
  }

  private static Process start(Class<?> main, String argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            argument)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> outcome(String script) throws IOException, InterruptedException {
    Process guest = start(script);
    try (BufferedReader out = guest.inputReader()) {
      List<String> words = out.readAllLines();
      guest.waitFor();
      return words;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a = []; for (;;) a.push({})",
        "const a = []; for (;;) a.push(new Uint8Array(100000))",
        "const a = []; for (;;) try { for (;;) a.push([1, 2, 3]) } catch {}",
        "const a = []; let n = 2n ** 50000n; for (;;) a.push((n += 1n))",
        "const a = []; for (;;) a.push(Symbol())",
        "const a = []; for (;;) a.push(new Function('return ' + a.length))",
        "const o = {}; for (let i = 0; ; i++) o['k' + i] = i",
        "let f = () => 0; for (;;) f = f.bind(null, 1)",
        "let s = 'x'; for (;;) s = [s, s].join('')",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, i)",
        "for (;;) Promise.resolve().then(() => {})",
        "new Uint8Array(2 ** 30)",
        "JSON.parse('[' + '{},'.repeat(4e6) + '0]')",
      })
  void floodsOfMemoryEndTheIsolate(String script) throws Exception {
    assertThat(outcome(script)).containsExactly("OutOfMemory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;);",
        "for (;;) try { for (;;); } catch {} finally { continue }",
        "/^(a+)+$/.test('a'.repeat(40) + 'b')",
        "for (const x = 7n ** 90000n; ; ) (x * x).toString()",
      })
  void loopsAreStopped(String script) throws Exception {
    assertThat(outcome(SIGNAL + script)).endsWith("TimedOut").contains("interrupted");
  }

  @Test
  void anObjectThatClaimsAHugeLengthKeepsItsThread() throws Exception {
    String script = "Array.prototype.reverse.call({ length: 2 ** 53 - 1 })";

    assertThat(outcome(SIGNAL + script)).containsExactly("running", "interrupted", "unstoppable");
  }

  @ParameterizedTest
  @FieldSource("dev.runnel.engine.HostileLoops#HUGE_LENGTHS")
  @Tag("long")
  void soDoMostBuiltInsThatWalkOverIt(String script) throws Exception {
    assertThat(outcome(SIGNAL + script).getLast()).isEqualTo(endOf(script));
  }

  /** V8 refuses two of them, and a third asks for all the memory at once. */
  private static String endOf(String script) {
    return switch (script.replaceFirst("\\(.*", "")) {
      case "[].concat" -> "Evaluated";
      case "Array" -> "Failed";
      case "Array.prototype.sort.call" -> "running";
      default -> "unstoppable";
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Array(2 ** 27).fill(1)",
        "Array.from({ length: 2 ** 26 })",
        "Array(2 ** 25).fill().map(() => ({}))",
        "'x'.repeat(2 ** 29 - 24).split('')",
        "Array.prototype.sort.call({ length: 2 ** 53 - 1 })",
      })
  void oneCallThatAllocatesMoreThanThereIsEndsTheProcess(String script) throws Exception {
    Process guest = start(script);

    assertThat(guest.waitFor()).isEqualTo(SIGTRAP);
  }

  @Test
  void sharedMemoryIsNotCounted() throws Exception {
    String script = "for (const a = []; a.length < 200; ) a.push(new SharedArrayBuffer(2 ** 20))";

    assertThat(outcome(script)).containsExactly("Evaluated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "halt"})
  void theProcessKeepsItsExitStatusWhileAGuestRuns(String how) throws Exception {
    assertThat(start(ExitingProcess.class, how).waitFor()).isEqualTo(ExitingProcess.STATUS);
  }
}
