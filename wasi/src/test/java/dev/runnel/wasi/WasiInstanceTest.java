package dev.runnel.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WasiInstanceTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void inputBecomesOutputOfAnySize() throws Exception {
    String text = "äöü€".repeat(50_000);
    Calls calls = new Calls().reading(text);

    assertThat(calls.errno("e")).isEqualTo(Errno.SUCCESS);
    assertThat(calls.out()).isEqualTo(text);
  }

  @Test
  void theEnvironmentIsWhatIsGiven() throws Exception {
    Calls calls = new Calls().with(each -> each.withEnvironment(Map.of("COLOUR", "grün")));

    calls.outcome("v");

    assertThat(calls.out()).isEqualTo("COLOUR=grün\0");
  }

  @Test
  void filesOfAGrantedFolderAreReadAndWritten() throws Exception {
    assertThat(new Calls().in(folder).errno("w", "new.txt", "content")).isEqualTo(Errno.SUCCESS);

    assertThat(folder.resolve("new.txt")).hasContent("content");
    Calls reading = new Calls().in(folder);
    assertThat(reading.errno("o", "new.txt")).isEqualTo(Errno.SUCCESS);
    assertThat(reading.out()).isEqualTo("content");
  }

  @Test
  void aTrapSaysWhatHappened() throws Exception {
    assertThat(new Calls().outcome("?")).isInstanceOf(Outcome.Trapped.class);
  }

  @Test
  void recursionWithoutEndIsATrap() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(new Calls().outcome("y")).isEqualTo(new Outcome.Trapped("call stack exhausted"));
    }
  }

  @Test
  void memoryEndsAtItsLimit() throws Exception {
    Calls calls = new Calls().with(each -> each.withLimits(each.limits().withMemoryPages(40)));

    assertThat(calls.outcome("g")).isEqualTo(new Outcome.Exited(40));
  }

  @Test
  void aLimitBelowWhatTheProgramStartsWithIsRefused() {
    Calls calls = new Calls().with(each -> each.withLimits(each.limits().withMemoryPages(2)));

    assertThatThrownBy(() -> calls.outcome("g"))
        .isInstanceOf(WasiException.class)
        .hasMessage(
            "The program can't be started: The module starts with 3 pages of memory; the limit is"
                + " 2.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "p", "i"})
  void aProgramThatNeverEndsIsInterruptedWhereverItIs(String letter) throws Exception {
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    try (var silent = new PipedInputStream(new PipedOutputStream())) {
      WasiInstance instance = new Calls().reading(silent).start(end, letter);

      instance.interrupt();

      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Interrupted());
    }
  }

  @Test
  void aPollIsOverWhenInputComes() throws Exception {
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    try (var writer = new PipedOutputStream();
        var reader = new PipedInputStream(writer)) {
      new Calls().reading(reader).start(end, "i");

      writer.write('x');
      writer.flush();

      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Exited(8));
    }
  }

  @Test
  void openFilesAreLimited() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "a");

    assertThat(new Calls().in(folder).errno("f", "a.txt")).isEqualTo(Errno.MFILE);
  }

  @Test
  void clocksCanBeCoarse() throws Exception {
    Calls calls = new Calls().with(each -> each.withClocks(WasiOptions.Clocks.COARSE));

    assertThat(calls.outcome("c")).isEqualTo(new Outcome.Exited(1));
  }

  @Test
  void aReactorsFunctionsAreCalledWithNumbers() throws Exception {
    assertThat(call("ready")).containsExactly("1");
    assertThat(call("add", "2", "-5")).containsExactly("-3");
    assertThat(call("add", "4294967295", "0")).containsExactly("-1");
    assertThat(call("halves", "5", "-0.5")).containsExactly("2.5", "-0.25");
    assertThat(call("negated", "9007199254740993")).containsExactly("-9007199254740993");
  }

  private static List<String> call(String function, String... arguments) throws Exception {
    try (WasiInstance instance = Wat.program("reactor").instance(WasiOptions.DEFAULT)) {
      return ((Outcome.Returned) instance.call(function, List.of(arguments))).results();
    }
  }

  @Test
  void aFunctionThatIsNotThereOrOtherArgumentsAreRefused() {
    assertThatThrownBy(() -> call("nothing"))
        .hasMessage("The program exports no function \"nothing\".");
    assertThatThrownBy(() -> call("add", "1"))
        .hasMessage("The function \"add\" takes 2 arguments, not 1.");
    assertThatThrownBy(() -> call("add", "1", "two")).hasMessage("\"two\" is no i32.");
  }

  @Test
  void importsThatPreview1DoesNotHaveAreNamed() throws Exception {
    byte[] foreign = Wat.bytes("foreign");

    assertThatThrownBy(() -> WasiProgram.compile(foreign))
        .isInstanceOf(WasiException.class)
        .hasMessage(
            "The program imports wasi_snapshot_preview1.sock_open, env.log, which"
                + " wasi_snapshot_preview1 doesn't have.");
  }

  @Test
  void whatIsNotSupportedIsNamed() throws Exception {
    byte[] vectors = Wat.bytes("vectors");

    assertThatThrownBy(() -> WasiProgram.compile(vectors))
        .isInstanceOf(WasiException.class)
        .hasMessageContaining("vectors (SIMD)");
  }

  @Test
  void whatIsNoWebAssemblyIsRefused() {
    assertThatThrownBy(() -> WasiProgram.compile("console.log(1)".getBytes()))
        .isInstanceOf(WasiException.class)
        .hasMessageStartingWith("The module is not valid: ");
  }
}
