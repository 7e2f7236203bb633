package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example programs of wasmedge-quickjs, started with the arguments of its own CI in a copy of
 * {@code $SUITES/wasmedge-quickjs}, those of npm packages after {@code npm install} and their own
 * rollup step. What they print is in {@code wasmedge-quickjs/NAME.txt}, read off the programs and,
 * for {@code fs.js}, written by Node; an ellipsis there stands for any text. Prints a table.
 */
@Tag("long")
class WasmEdgeExamplesTest {
  private static final Path EXPECTED = Path.of("src/test/resources/wasmedge-quickjs");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<String> TABLE = new ArrayList<>();

  @TempDir private static Path checkout = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void copy() throws IOException {
    Path suite =
        Path.of(Optional.ofNullable(System.getenv("SUITES")).orElse(""))
            .resolve("wasmedge-quickjs");
    assumeTrue(Files.isDirectory(suite), "No $SUITES/wasmedge-quickjs: skipped.");
    for (String each : List.of("README.md", "Cargo.toml", "example_js", "modules")) {
      copy(suite.resolve(each), checkout.resolve(each));
    }
  }

  @AfterAll
  static void print() {
    TABLE.forEach(System.out::println);
  }

  @ParameterizedTest
  @CsvSource({
    "hello, --env a=1 --env b=1 --dir .:. example_js/hello.js WasmEdge Runtime",
    "fs, --dir .:. example_js/fs.js",
    "es6_module_demo, --dir .:. example_js/es6_module_demo/demo.js",
    "wasi_net_echo, --dir .:. example_js/wasi_net_echo.js",
  })
  void aProgramPrintsWhatItsAuthorsSay(String name, String arguments) throws Exception {
    check(name, checkout, arguments);
  }

  /** As in its CI, which puts them there. */
  @Test
  void modulesAreFoundInTheFolderModules() throws Exception {
    copy(checkout.resolve("example_js/module_demo/modules"), checkout.resolve("modules"));

    check("module_demo", checkout, "--dir .:. example_js/module_demo/demo.js");
  }

  @Test
  void aCommonJsProgramWithPackagesRunsAsRollupBundlesIt() throws Exception {
    npm("simple_common_js_demo");

    check(
        "simple_common_js_demo",
        checkout,
        "--dir .:. example_js/simple_common_js_demo/dist/npm_main.mjs");
    assertThat(checkout.resolve("hello.txt")).hasContent("hello wasm");
  }

  @Test
  void aReactPageIsRenderedAsRollupBundlesIt() throws Exception {
    check("react_ssr", npm("react_ssr"), "--dir .:. dist/main.js");
  }

  /**
   * It asks itself twice at once and ends with the second answer, so that the first one is printed
   * only if it comes before.
   */
  @Test
  void theEchoOverHttpAnswersItsOwnRequests() throws Exception {
    try (ChildJvm child = start(checkout, "--dir .:. example_js/wasi_http_echo.js")) {
      Outcome outcome = child.outcome(PATIENCE);

      note("wasi_http_echo", outcome.out().contains("fetch client recv: echo:hello server\n"));
      assertThat(outcome.out())
          .startsWith("listen 8001 ...\n\n")
          .contains("server: req.httpVersion= 1.1\nserver: req.url= /request\n")
          .contains("server: req.url= /fetch\nserver: req.method= POST\nserver: req.headers= ")
          .contains("server: req.body= hello server\n\n")
          .contains("fetch client recv: echo:hello server\n");
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wasi_http_server, example_js/wasi_http_server.js, echo:hello",
    "docker_wasm, example_js/docker_wasm/server/server.js, hello",
  })
  void aServerAnswersWithWhatItIsSent(String name, String program, String answer) throws Exception {
    int inner = name.equals("docker_wasm") ? 8080 : 8001;
    int port = ClusterTest.freePort();
    try (ChildJvm child =
        start(checkout, "-p %d:%d --dir .:. %s".formatted(port, inner, program))) {
      child.outLineWith("listen %d ...".formatted(inner));
      var sent = HttpRequest.newBuilder(local(port, "/echo"));
      String body =
          client
              .send(
                  sent.POST(HttpRequest.BodyPublishers.ofString("hello")).build(),
                  BodyHandlers.ofString())
              .body();

      note(name, body.equals(answer));
      assertThat(body).isEqualTo(answer);
      assertThat(child.outLineWith("req.body")).isEqualTo("server: req.body= hello");
    }
  }

  @Test
  void aLazyPageOfReactIsStreamed() throws Exception {
    Path folder = npm("react_ssr_stream");
    int port = ClusterTest.freePort();
    try (ChildJvm child = start(folder, "-p %d:8001 --dir .:. dist/main.mjs".formatted(port))) {
      child.outLineWith("listen 8001...");

      checkStream("react_ssr_stream", get(port, "/"), "This is LazyHome", "This is lazy page");
    }
  }

  @Test
  void thePageOfReact18IsStreamedAndItsStyleSheetServed() throws Exception {
    Path folder = npm("react18_ssr");
    int port = ClusterTest.freePort();
    try (ChildJvm child = start(folder, "-p %d:8002 --dir .:. dist/main.mjs".formatted(port))) {
      child.outLineWith("listen 8002...");

      checkStream("react18_ssr", get(port, "/"), "Thanks for reading!", "I like marshmallows");
      try (InputStream css = get(port, "/main.css").body()) {
        assertThat(new String(css.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(Files.readString(folder.resolve("public/main.css")));
      }
      assertThat(child.outLineWith("createServerData")).isEqualTo("createServerData");
    }
  }

  /** The shell is there two seconds before what it waits for; the whole is as expected. */
  private static void checkStream(
      String name, HttpResponse<InputStream> answer, String ofShell, String late)
      throws IOException {
    try (InputStream body = answer.body()) {
      StringBuilder text = new StringBuilder();
      while (text.indexOf(ofShell) < 0) {
        text.append(some(body));
      }
      String shell = text.toString();
      text.append(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      String expected = Files.readString(EXPECTED.resolve(name + ".html")).strip();

      note(name, !shell.contains(late) && text.toString().equals(expected));
      assertThat(shell).doesNotContain(late);
      assertThat(text.toString()).isEqualTo(expected);
      assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    }
  }

  private static String some(InputStream body) throws IOException {
    byte[] bytes = new byte[8192];
    int count = body.read(bytes);
    assertThat(count).as("more of the body").isPositive();
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private static void check(String name, Path folder, String arguments) throws Exception {
    try (ChildJvm child = start(folder, arguments)) {
      Outcome outcome = child.outcome(PATIENCE);
      Pattern expected = pattern(Files.readString(EXPECTED.resolve(name + ".txt")));

      note(name, outcome.exitCode() == 0 && expected.matcher(outcome.out()).matches());
      assertThat(outcome.out()).as(outcome.err()).matches(expected);
      assertThat(outcome.exitCode()).isZero();
    }
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  private static void note(String name, boolean asExpected) {
    TABLE.add("wasmedge-quickjs %-24s %s".formatted(name, asExpected ? "as expected" : "DIFFERS"));
  }

  private static ChildJvm start(Path folder, String arguments) throws IOException {
    return ChildJvm.runnelFrom(folder, ("run " + arguments).split(" "));
  }

  private HttpResponse<InputStream> get(int port, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(local(port, path)).timeout(PATIENCE).build(),
        BodyHandlers.ofInputStream());
  }

  private static URI local(int port, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  /** Its packages, and its own bundling. */
  private static Path npm(String example) throws Exception {
    Path folder = checkout.resolve("example_js").resolve(example);
    run(folder, "npm", "install", "--no-audit", "--no-fund");
    run(folder, "npm", "run", "build");
    return folder;
  }

  private static void run(Path folder, String... command) throws Exception {
    Path log = folder.resolve("npm.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.createDirectories(target.getParent());
        Files.copy(each, target);
      }
    }
  }
}
