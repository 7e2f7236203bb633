package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.Engine;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a process ends, on each engine that is there. */
class StopTest {
  private static final String PROGRAMS = "src/test/resources/programs/";

  static Stream<String> engines() {
    return ServiceLoader.load(Engine.class).stream().map(engine -> engine.get().name());
  }

  static Stream<Arguments> enginesAndSignals() {
    return engines()
        .flatMap(
            engine ->
                Stream.of(Arguments.of(engine, "TERM", 143), Arguments.of(engine, "INT", 130)));
  }

  @ParameterizedTest
  @MethodSource("enginesAndSignals")
  void aSignalEndsAProgramThatIsBusy(String engine, String signal, int exitCode) throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "--engine", engine, PROGRAMS + "busy.js")) {
      child.outLineWith("ready");

      child.signal(signal);

      Outcome outcome = child.outcome();
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aProgramEndsWithItsOwnStatus(String engine) throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "--engine", engine, PROGRAMS + "exits.js")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aHangupReloadsAServerAndEndsAScript(String engine, @TempDir Path folder) throws Exception {
    Path program = folder.resolve("program.mjs");
    Files.writeString(program, answering("first"));
    try (ChildJvm child =
        ChildJvm.runnel("run", "--engine", engine, "--listen", "127.0.0.1:0", program.toString())) {
      URI url = URI.create(child.errLineWith("Listening on ").substring("Listening on ".length()));
      assertThat(answerOf(url)).isEqualTo("first");

      Files.writeString(program, "export default {");
      child.signal("HUP");
      child.errLineWith("can't be reloaded");
      assertThat(answerOf(url)).isEqualTo("first");

      Files.writeString(program, answering("second"));
      child.signal("HUP");
      child.errLineWith("was reloaded");
      assertThat(answerOf(url)).isEqualTo("second");
    }
    try (ChildJvm child = ChildJvm.runnel("run", "--engine", engine, PROGRAMS + "busy.js")) {
      child.outLineWith("ready");
      child.signal("HUP");
      assertThat(child.outcome().exitCode()).isEqualTo(129);
    }
  }

  private static String answering(String text) {
    return "export default { fetch: () => new Response('%s') };".formatted(text);
  }

  private static String answerOf(URI url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aSignalInTheMiddleOfAnAnswerLosesNoByteOfIt(String engine) throws Exception {
    try (ChildJvm child =
            ChildJvm.runnel(
                "run",
                "--engine",
                engine,
                "--listen",
                "127.0.0.1:0",
                PROGRAMS + "counts-slowly.mjs");
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create(child.errLineWith("Listening on ").replace("Listening on ", ""));
      HttpResponse<InputStream> answer =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
      BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("0");

      child.signal("TERM");

      assertThat(lines.lines())
          .containsExactlyElementsOf(IntStream.range(1, 50).mapToObj(Integer::toString).toList());
      assertThat(child.outcome().exitCode()).isZero();
    }
  }
}
