package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.http.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BindingsTest {
  @TempDir Path folder;
  @TempDir Path snapshots;

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "a.b"})
  void aNameIsAnIdentifier(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bindings.of(Map.of(name, new Binding.Text(""))))
        .withMessageContaining("\"" + name + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "'a'", "undefined", "[1,]", "NaN"})
  void whatIsNoJsonIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Binding.Json(text));
  }

  @Test
  void aSecretIsNotShownWithTheOptions() {
    var options =
        WorkerOptions.DEFAULT.withBindings(Bindings.of(Map.of("S", new Binding.Secret("hush"))));

    assertThat(options.toString()).contains("Secret").doesNotContain("hush");
  }

  @Test
  void aSecretIsInNoSnapshotAndAChangedOneIsSeenByTheNextStart() throws Exception {
    String program = "export default { fetch: (_, env) => new Response(env.SECRET + env.JSON.a) };";
    Path file = Files.writeString(folder.resolve("worker.mjs"), program);

    assertThat(answer(file, "first-secret")).isEqualTo("first-secret1");
    assertThat(keptTexts()).isNotEmpty().noneMatch(text -> text.contains("first-secret"));
    assertThat(answer(file, "second-secret")).isEqualTo("second-secret1");
  }

  @Test
  void aProgramThatUsesASecretWhileItStartsHasNoSnapshot() throws Exception {
    String program =
        """
        import { env } from "cloudflare:workers";
        const greeting = "It is " + env.SECRET;
        export default { fetch: () => new Response(greeting) };
        """;
    Path file = Files.writeString(folder.resolve("worker.mjs"), program);

    assertThat(answer(file, "one")).isEqualTo("It is one");
    assertThat(keptTexts()).isEmpty();
    assertThat(answer(file, "two")).isEqualTo("It is two");
  }

  @Test
  void aServiceWorkerFindsItsBindingsAmongTheGlobals() throws Exception {
    String program =
        "addEventListener('fetch', (e) => e.respondWith(new Response(SECRET + JSON.stringify([1]))));";
    Path file = Files.writeString(folder.resolve("worker.mjs"), program);

    assertThat(answer(file, "global")).isEqualTo("global[1]");
  }

  /** The program's answer, with JSON as the name of a binding that service workers don't get. */
  private String answer(Path file, String secret) throws Exception {
    var bindings =
        Bindings.of(
            Map.of("SECRET", new Binding.Secret(secret), "JSON", new Binding.Json("{\"a\":1}")));
    var options = WorkerOptions.DEFAULT.withBindings(bindings).withSnapshots(snapshots);
    try (Worker worker = Worker.load(file, options);
        WorkerResponse response = worker.fetch(WorkerRequest.get("http://a/"))) {
      return new String(response.body().readAllBytes());
    }
  }

  private Stream<String> keptTexts() throws IOException {
    return Files.walk(snapshots).filter(Files::isRegularFile).map(BindingsTest::latin1);
  }

  private static String latin1(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
