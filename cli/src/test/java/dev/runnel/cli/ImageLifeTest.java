package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** From an empty folder to a page, with the commands that a user types. */
class ImageLifeTest {
  /** The project's own packages are found from here, so npm needs no network. */
  private final Path work = Path.of("target", "image-life").toAbsolutePath();

  @TempDir private Path temp = Path.of("");

  private String runs() {
    return temp.resolve("runs").toString();
  }

  private Outcome runnel(String... args) {
    return new RunnelCommands(temp.resolve("images")).run(args);
  }

  private String said(String... args) {
    Outcome outcome = runnel(args);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out().strip();
  }

  /** In this JVM too: only the program itself has one of its own. */
  private static Outcome command(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return new Outcome(commands.execute(args), out.toString(), err.toString());
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (DetachedRuns.Run run : new DetachedRuns(Path.of(runs())).all()) {
      run.process().ifPresent(ProcessHandle::destroyForcibly);
    }
    dev.runnel.image.store.Atomically.deleteFolder(work);
  }

  @Test
  void aPageFromAnEmptyFolderToARegistryAndBack() throws Exception {
    assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
    String shop = work.resolve("shop").toString();
    try (DockerRegistry registry = DockerRegistry.start(temp.resolve("registry"))) {
      String name = registry.host() + "/team/shop:1";

      assertThat(command("new", "react-ssr", shop).exitCode()).isZero();
      assertThat(command("build", shop).out())
          .contains("dist/main.js", "dist/client/assets/client-");
      String digest = said("pack", shop, "-t", name);
      assertThat(said("push", name)).isEqualTo(digest);
      said("rm", name);
      assertThat(said("images")).doesNotContain(name);
      assertThat(said("pull", name)).isEqualTo(digest);

      String id = started(name);
      String url = address(id);
      assertPageComesInTwoParts(URI.create(url));
      assertStylesAreServed(URI.create(url));
      assertThat(command("logs", "--runs", runs(), "shop").out()).contains("Listening on " + url);
      assertThat(command("stop", "--runs", runs(), "shop").out().strip()).isEqualTo(id);
      assertThat(command("ps", "--runs", runs()).out()).doesNotContain(id);
      assertThat(command("ps", "-a", "--runs", runs()).out()).contains(id, "ended");
    }
  }

  private String started(String name) throws Exception {
    Outcome started =
        command(
            "run",
            "--store",
            temp.resolve("images").toString(),
            "--runs",
            runs(),
            "--name",
            "shop",
            name,
            "-d",
            "-p",
            "0:8080",
            "--memory",
            "64m");
    assertThat(started.exitCode()).as(started.err()).isZero();
    return started.out().strip();
  }

  private String address(String id) throws Exception {
    String row =
        command("ps", "--runs", runs())
            .out()
            .lines()
            .filter(line -> line.startsWith(id))
            .findFirst()
            .orElseThrow();
    return row.substring(row.indexOf("http://")).strip();
  }

  /**
   * The data of the second part takes a second. Where both are read at once, this machine was too
   * busy to look in between, and the page is asked for again.
   */
  private static void assertPageComesInTwoParts(URI uri) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!comesInTwoParts(uri)) {
      assertThat(System.nanoTime()).as("The page always came at once.").isLessThan(end);
    }
  }

  private static boolean comesInTwoParts(URI uri) throws Exception {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(60_000);
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder page = new StringBuilder();
      boolean sawShellAlone = false;
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[16 << 10];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        page.append(new String(chunk, 0, read, StandardCharsets.UTF_8));
        sawShellAlone |= page.indexOf("id=\"loading\"") >= 0 && page.indexOf("then hydrated") < 0;
      }
      assertThat(page.toString()).contains("id=\"loading\"", "then hydrated", "/assets/client-");
      return sawShellAlone;
    }
  }

  private static void assertStylesAreServed(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String page = get(client, uri).body();
      String path = page.replaceAll("(?s).*href=\"(/assets/client-[A-Z0-9]{8}\\.css)\".*", "$1");
      HttpResponse<String> styles = get(client, uri.resolve(path));
      assertThat(styles.body()).contains("font-family");
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "wasm"})
  void twoBuildsInTwoFoldersADayApartAreTheSameImage(String target) throws Exception {
    Tomorrow.require();
    String first = work.resolve("a").toString();
    String second = work.resolve("b").toString();
    assertThat(command("new", "react-ssr", first).exitCode()).isZero();
    copyAsOldAsTheEpoch(Path.of(first), Path.of(second));
    Path one = temp.resolve("1.tar");
    Path two = temp.resolve("2.tar");
    Tomorrow tomorrow = new Tomorrow(temp.resolve("cache"), temp.resolve("tomorrow"));
    tomorrow.check();

    String digest = said("pack", first, "--target", target, "-t", "shop", "-o", one.toString());
    Outcome again =
        tomorrow.runnel("pack", second, "--target", target, "-t", "shop", "-o", two.toString());

    assertThat(again.out().strip()).as(again.err()).isEqualTo(digest);
    assertThat(two).hasSameBinaryContentAs(one);
  }

  private static void copyAsOldAsTheEpoch(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        Files.setLastModifiedTime(copy, FileTime.fromMillis(1));
      }
    }
  }

  @Test
  void aProgramThatFailsAtItsStartIsTold() throws Exception {
    Path app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("main.js"), "throw new Error('at start');");
    said("pack", app.toString(), "-t", "bad");

    Outcome outcome =
        command("run", "-d", "--store", temp.resolve("images").toString(), "--runs", runs(), "bad");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("Uncaught Error: at start");
    assertThat(command("ps", "-a", "--runs", runs()).out().lines()).hasSize(1);
  }

  @Test
  void whatCannotBeRunIsOneSentence() {
    assertThat(runnel("run", "nowhere:1").err())
        .isEqualTo("runnel: There is no file nowhere:1, and no image nowhere:1 here.\n");
    assertThat(command("stop", "--runs", runs(), "nobody").err())
        .isEqualTo("runnel: No program \"nobody\" was started with `runnel run -d`.\n");
  }
}
