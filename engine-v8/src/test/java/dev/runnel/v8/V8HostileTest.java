package dev.runnel.v8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What V8 survives and what it doesn't, as {@code docs/engines.md} lists it, each in a process. */
@EnabledIf(
    value = "dev.runnel.v8.V8Platform#runsHere",
    disabledReason = "V8's native library does not run here.")
class V8HostileTest {
  private static final String SIGNAL = "import { running } from 'host:signal'; running(); ";

  private static Process start(String script) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            HostileGuest.class.getName(),
            script)
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
        "let s = 'x'; for (;;) s = [s, s].join('')",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, i)",
        "new Uint8Array(2 ** 30)",
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
  void oneHugeAllocationEndsTheProcess() throws Exception {
    Process guest = start("new Array(2 ** 27).fill(1)");

    assertThat(guest.waitFor()).isNotZero();
  }
}
