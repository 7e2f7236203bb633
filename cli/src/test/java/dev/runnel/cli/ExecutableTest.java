package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code runnel compile --exe}: one folder is made for all tests, which takes about a minute. */
@Tag("long")
class ExecutableTest {
  private static final String PROGRAM =
      """
      import assert from "node:assert";
      export default {
        fetch(request, env) {
          assert.deepStrictEqual(Object.keys(env), ["WHO"]);
          return new Response(`hello ${env.WHO}, ${new Intl.NumberFormat("de").format(1234.5)}`);
        },
      };
      """;

  @TempDir private static Path temp = Path.of("");
  private static Path shop = Path.of("");

  @BeforeAll
  static void make() throws Exception {
    Path app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("main.js"), PROGRAM);
    Files.writeString(
        app.resolve("package.json"),
        "{\"name\":\"shop\",\"type\":\"module\",\"main\":\"main.js\"}");
    shop = temp.resolve("shop");
    Outcome made = compile(app, shop);
    assertThat(made.exitCode()).as(made.err()).isZero();
  }

  private static Outcome compile(Path app, Path target) {
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setErr(new PrintWriter(err, true));
    int code =
        commands.execute("compile", "--exe", "--locales=de", "-o", target.toString(), app + "");
    return new Outcome(code, "", err.toString());
  }

  @Test
  void itServesWithoutJavaFromWhereverItIsPut() throws Exception {
    Path elsewhere = Files.createDirectories(temp.resolve("else where")).resolve("shop");
    Files.move(shop, elsewhere);
    Process process = start(elsewhere, Map.of("SECRET", "x", "WHO", "nobody"), "--env=WHO=me");
    try (BufferedReader said = process.inputReader(UTF_8)) {
      URI uri = listening(said);

      assertThat(get(uri)).isEqualTo("hello me, 1.234,5");
    } finally {
      process.destroyForcibly();
      process.waitFor();
      Files.move(elsewhere, shop);
    }
  }

  private static Process start(Path folder, Map<String, String> variables, String option)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/shop").toString());
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().put("RUNNEL_OPTIONS", "--listen=127.0.0.1:0 " + option);
    return builder.redirectErrorStream(true).start();
  }

  private static URI listening(BufferedReader said) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      if (line.contains("http://")) {
        return URI.create(line.substring(line.indexOf("http://")).strip());
      }
    }
    throw new AssertionError("It doesn't listen; it said: " + all);
  }

  private static String get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  @Test
  void whatIsThereIsNotOverwritten() {
    Outcome again = compile(temp.resolve("app"), shop);

    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err())
        .isEqualTo(
            "runnel: %s is there already; remove it, or name another with -o.\n".formatted(shop));
  }

  @Test
  void nothingIsLeftBeside() throws Exception {
    try (var left = Files.list(temp)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }
}
