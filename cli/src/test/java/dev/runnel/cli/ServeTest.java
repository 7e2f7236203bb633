package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many apps in one process, from the outside. */
class ServeTest {
  private static final String HEAD = "listen = '127.0.0.1:0'\n";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable ChildJvm server;
  private URI address = URI.create("http://127.0.0.1/");

  @AfterEach
  void end() {
    client.close();
    if (server != null) {
      server.close();
    }
  }

  @Test
  void requestsGoToAppsByHostAndPathAndAppsAskEachOther() throws Exception {
    write("key.txt", "s3cret\n");
    write(
        "shop.mjs",
        """
        export default {
          async fetch(request, env) {
            const { pathname } = new URL(request.url);
            if (pathname === "/api/back") return env.BACK.fetch("http://back/x");
            if (pathname === "/api/put") await env.STORE.put("k", "kept");
            return Response.json({ pathname, store: await env.STORE.get("k"), key: env.KEY,
              list: env.LIST, word: env.WORD });
          },
        };
        """);
    write("back.mjs", "export default { fetch: (r) => new Response('back of ' + r.url) };");
    write(
        "node.cjs", "require('http').createServer((q, s) => s.end('node ' + q.url)).listen(3000);");
    serve(
        HEAD
            + """
            [app.shop]
            program = "shop.mjs"
            path = "/api"
            [app.shop.env]
            WORD = "hello"
            [app.shop.json]
            LIST = [1, 2]
            [app.shop.secrets]
            KEY = "key.txt"
            [app.shop.kv]
            STORE = ""
            [app.shop.services]
            BACK = "back"
            [app.back]
            program = "back.mjs"
            internal = true
            [app.node]
            program = "node.cjs"
            host = "127.0.0.1"
            path = "/node"
            """);

    assertThat(get("/api/put"))
        .isEqualTo(
            "200 {\"pathname\":\"/api/put\",\"store\":\"kept\",\"key\":\"s3cret\","
                + "\"list\":[1,2],\"word\":\"hello\"}");
    assertThat(get("/api/back")).isEqualTo("200 back of http://back/x");
    assertThat(get("/node/a?b")).isEqualTo("200 node /node/a?b");
    assertThat(get("/else")).startsWith("404 ");
    assertThat(get("/x")).startsWith("404 ");
  }

  @Test
  void appsComeChangeAndGoWhileOthersServe() throws Exception {
    write("a.mjs", answering("a1"));
    write("b.mjs", answering("b1"));
    serve(HEAD + app("a") + app("b"));
    assertThat(get("/a")).isEqualTo("200 a1");
    assertThat(get("/b")).isEqualTo("200 b1");

    write("a.mjs", answering("a2"));
    write("c.mjs", answering("c1"));
    write("runnel.toml", HEAD + app("a") + app("c"));
    reload("was read again");
    assertThat(get("/a")).isEqualTo("200 a2");
    assertThat(get("/b")).startsWith("404 ");
    assertThat(get("/c")).isEqualTo("200 c1");

    write("a.mjs", "export default {");
    reload("goes on as it was, because it can't be reloaded");
    assertThat(get("/a")).isEqualTo("200 a2");

    write("runnel.toml", HEAD + app("a") + "colour = 'red'\n");
    reload("Everything goes on as it was. ");
    assertThat(get("/c")).isEqualTo("200 c1");
  }

  @Test
  void anAppsFilesAreSentBeforeItIsAsked() throws Exception {
    write("a.mjs", answering("a1"));
    write("b.mjs", answering("b1"));
    Files.createDirectories(folder.resolve("public/a"));
    write("public/a/x.txt", "a file");
    serve(HEAD + app("a") + "assets = 'public'\n" + app("b") + "assets = 'nothing'\n");

    assertThat(get("/a/x.txt")).isEqualTo("200 a file");
    assertThat(get("/a/y.txt")).isEqualTo("200 a1");
    assertThat(get("/b")).startsWith("503 ");
    assertThat(running().errLineWith("of its assets can't be read")).startsWith("b | ");
  }

  @Test
  void aWebAssemblyAppAnswersByCgiUnderItsLimits() throws Exception {
    writeHex("answers.wasm", WasmRunTest.ANSWERS);
    writeHex("endless.wasm", WasmRunTest.NEVER_ENDS);
    write("broken.wasm", "no WebAssembly");
    write("asks.mjs", "export default { fetch: (_, env) => env.INNER.fetch('http://inner/') };");
    serve(
        HEAD
            + wasm("answers")
            + wasm("endless")
            + "[app.endless.limits]\ncpu = '100ms'\n"
            + wasm("broken")
            + app("asks")
            + "[app.asks.services]\nINNER = 'answers'\n");

    assertThat(get("/answers")).isEqualTo("202 hello");
    assertThat(get("/asks")).isEqualTo("202 hello");
    assertThat(get("/endless")).startsWith("503 ");
    assertThat(get("/broken")).startsWith("503 ");
    assertThat(running().errLineWith("broken.wasm can't be run.")).startsWith("broken | ");

    writeHex("answers.wasm", WasmRunTest.ANSWERS.replace("68656c6c6f", "6164696575"));
    reload("was read again");
    assertThat(get("/answers")).isEqualTo("202 adieu");
  }

  @Test
  void anAppThatFailsLeavesTheOthersAlone() throws Exception {
    write("a.mjs", answering("a1"));
    write("b.mjs", "throw new Error('not today');");
    write("c.mjs", "export default { fetch() { process.exit(3); } };");
    serve(HEAD + app("a") + app("b") + app("c"));

    assertThat(running().errLineWith("not today")).startsWith("b | ");
    assertThat(get("/a")).isEqualTo("200 a1");
    assertThat(get("/b")).startsWith("503 ");
    assertThat(get("/c")).startsWith("503 ");
    assertThat(running().errLineWith("has ended with exit code 3")).startsWith("c | ");
    assertThat(get("/a")).isEqualTo("200 a1");
  }

  @Test
  void aMistakeInTheFileIsExitCode2AndCheckOnlyLooks() throws Exception {
    write("runnel.toml", HEAD + app("a") + "colour = 'red'\n");
    write("good.toml", HEAD + app("a"));

    Outcome wrong = outcome("serve", folder.resolve("runnel.toml").toString());
    write("a.mjs", answering("a1"));
    Outcome good = outcome("serve", folder.resolve("good.toml").toString(), "--check");
    Files.delete(folder.resolve("a.mjs"));
    Outcome missing = outcome("serve", folder.resolve("good.toml").toString(), "--check");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("runnel: " + folder.resolve("runnel.toml") + ":6: [app.a]");
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualToIgnoringNewLines(
            "runnel: There is no %s, the program of the app a.".formatted(folder.resolve("a.mjs")));
  }

  @Test
  void aProgramThatListensLateIsWaitedFor() throws Exception {
    write(
        "late.cjs",
        """
        setTimeout(() => require('http').createServer((q, s) => s.end('late')).listen(1), 300);
        """);
    write("never.cjs", "setTimeout(() => {}, 300);");
    serve(
        HEAD
            + """
            [app.late]
            program = "late.cjs"
            path = "/late"
            [app.never]
            program = "never.cjs"
            path = "/never"
            """);

    assertThat(running().errLineWith("listens on no port")).startsWith("never | ");
    assertThat(get("/late")).isEqualTo("200 late");
    assertThat(get("/never")).startsWith("503 ");
  }

  @Test
  void aTermEndsItWithWhatIsInFlight() throws Exception {
    write("a.mjs", answering("a1"));
    serve(HEAD + app("a"));
    assertThat(get("/a")).isEqualTo("200 a1");

    running().signal("TERM");

    assertThat(running().outcome().exitCode()).isZero();
  }

  private static Outcome outcome(String... arguments) throws Exception {
    try (ChildJvm child = ChildJvm.runnel(arguments)) {
      return child.outcome();
    }
  }

  private static String app(String name) {
    return "[app.%1$s]\nprogram = '%1$s.mjs'\npath = '/%1$s'\nisolates = 1\n".formatted(name);
  }

  private static String wasm(String name) {
    return "[app.%1$s]\nprogram = '%1$s.wasm'\npath = '/%1$s'\n".formatted(name);
  }

  private static String answering(String text) {
    return "export default { fetch: () => new Response('%s') };".formatted(text);
  }

  private void writeHex(String file, String hex) throws Exception {
    Files.write(folder.resolve(file), HexFormat.of().parseHex(hex));
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }

  private void serve(String file) throws Exception {
    write("runnel.toml", file);
    server = ChildJvm.runnel("serve", folder.resolve("runnel.toml").toString());
    address = URI.create(server.errLineWith("Listening on ").replace("Listening on ", ""));
  }

  private void reload(String told) throws Exception {
    running().signal("HUP");
    running().errLineWith(told);
  }

  private ChildJvm running() {
    return Objects.requireNonNull(server);
  }

  private String get(String path) throws Exception {
    var answer =
        client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
