package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.image.jvm.IntlData;
import dev.runnel.image.jvm.JvmRuntime;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.image.pack.JvmImage;
import dev.runnel.image.store.ImageArchive;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.Staging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with a JVM, one of which is made for all tests, which takes about a minute. */
@Tag("long")
class JvmImageTest {
  /** The second part is sent when the first has been read: when somebody asks for {@code /go}. */
  private static final String PROGRAM =
      """
      let go;
      const gone = new Promise((resolve) => (go = resolve));
      const encoder = new TextEncoder();
      export default {
        fetch(request, env) {
          const { pathname } = new URL(request.url);
          if (pathname === "/go") {
            go();
            return new Response("gone");
          }
          if (pathname === "/intl") {
            const known = Intl.NumberFormat.supportedLocalesOf(["fr", "de-AT", "en-GB"]);
            return new Response(`${known} ${new Intl.NumberFormat("de").format(1234.5)}`);
          }
          return new Response(new ReadableStream({
            async start(controller) {
              controller.enqueue(encoder.encode(`hello ${env.WHO}\\n`));
              await gone;
              controller.enqueue(encoder.encode("good bye\\n"));
              controller.close();
            },
          }));
        },
      };
      """;

  private static final List<String> LANGUAGES = List.of("de");

  @TempDir private static Path temp = Path.of("");
  private static Path app = Path.of("");
  private static Path archive = Path.of("");
  private static ImageStore images = ImageStore.at(temp);

  @BeforeAll
  static void pack() throws Exception {
    app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("main.js"), PROGRAM);
    Files.writeString(
        app.resolve("package.json"),
        "{\"name\":\"shop\",\"version\":\"1.2.3\",\"type\":\"module\",\"main\":\"main.js\"}");
    images = ImageStore.at(temp.resolve("images"));
    ImageName name = ImageName.parse("shop:jvm");
    add(name, runtime("cache"));
    archive = temp.resolve("shop.tar");
    new ImageArchive(images).save(images.image(name), archive);
  }

  private static JvmRuntime runtime(String cache) throws Exception {
    return JvmRuntime.of(Containers.command(IntlData.of(LANGUAGES)), temp.resolve(cache));
  }

  private static void add(ImageName name, JvmRuntime runtime) throws IOException, ImageException {
    try (Staging staging = images.stage()) {
      JvmImage.add(BuiltProgram.at(app), runtime, name, staging);
      staging.commit();
    }
  }

  @Test
  void itSaysWhoRunsWhatWhere() {
    RunnelCommands runnel = new RunnelCommands(temp.resolve("images"));

    assertThat(runnel.run("inspect", "shop:jvm").out())
        .contains(
            "\"os\": \"linux\"",
            "\"User\": \"65532:65532\"",
            "\"/runnel/jre/bin/java\"",
            "\"8080/tcp\"",
            "\"dev.runnel.image.kind\": \"jvm\"");
    assertThat(runnel.run("run", "shop:jvm").err())
        .contains("`podman run` or `docker run` runs it");
  }

  @Test
  void itIsMadeOnceForAllPrograms() throws Exception {
    ImageName again = ImageName.parse("shop:again");
    add(again, runtime("cache"));

    assertThat(images.image(again).descriptor().digest())
        .isEqualTo(images.image(ImageName.parse("shop:jvm")).descriptor().digest());
  }

  @Test
  void allLayersButTheAotCacheAreTheSameWhereverTheyAreMade() throws Exception {
    JvmRuntime first = runtime("cache");
    JvmRuntime second = runtime("another-cache");

    for (int layer = 0; layer < 2; layer++) {
      assertThat(second.layers().get(layer).layer()).isEqualTo(first.layers().get(layer).layer());
    }
  }

  /** Little memory, nothing to write to, no rights. */
  @Test
  void podmanRunsItReadOnlyWithoutRightsIn256MegabytesAndItStreams() throws Exception {
    assumeTrue(
        DockerRegistry.isOnPath("podman") && DockerRegistry.isOnPath("runc"),
        "podman and runc are not installed");
    assumeTrue(System.getProperty("user.name").equals("root"), "podman is tried as root");
    Podman podman = Podman.in(temp.resolve("podman"));
    String loaded = podman.run("load", "-q", "-i", archive.toString());
    assertThat(loaded).contains("shop:jvm");
    int port = freePort();
    try {
      podman.run(
          "run",
          "-d",
          "--name=shop",
          "--cgroups=enabled",
          "--memory=256m",
          "--read-only",
          "--read-only-tmpfs=false",
          "--cap-drop=all",
          "--security-opt=no-new-privileges",
          "--env=WHO=me",
          "--env=RUNNEL_OPTIONS=--listen=127.0.0.1:" + port,
          "localhost/shop:jvm");
      assertStreams(URI.create("http://127.0.0.1:" + port + "/"), podman);
    } finally {
      podman.run("rm", "-f", "-t", "0", "shop");
      podman.run("rmi", "-f", "localhost/shop:jvm");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void assertStreams(URI uri, Podman podman) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> page = first(client, uri, podman);
      try (var lines = new BufferedReader(new InputStreamReader(page.body(), UTF_8))) {
        assertThat(lines.readLine()).isEqualTo("hello me");
        get(client, uri.resolve("/go"));
        assertThat(lines.readLine()).isEqualTo("good bye");
        String intl = get(client, uri.resolve("/intl"));
        assertThat(intl).as("what Intl knows there").isEqualTo("de-AT,en-GB 1.234,5");
      }
    }
  }

  private static String get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /** The answer's head, as soon as somebody listens. */
  private static HttpResponse<InputStream> first(HttpClient client, URI uri, Podman podman)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      try {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
      } catch (IOException e) {
        if (System.nanoTime() > end || !podman.run("ps").contains("shop")) {
          throw new AssertionError("It doesn't listen; it said: " + podman.run("logs", "shop"), e);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** podman with its images in a folder of the test's, on this machine's own network. */
  private record Podman(Path folder) {
    static Podman in(Path folder) throws IOException {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("containers.conf"),
          """
          [containers]
          default_ulimits=["nofile=4096:4096","nproc=4096:4096"]
          netns="host"
          [engine]
          cgroup_manager="cgroupfs"
          """);
      return new Podman(folder);
    }

    String run(String... arguments) throws Exception {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "podman",
                  "--root=" + folder.resolve("root"),
                  "--runroot=" + folder.resolve("run"),
                  "--storage-driver=vfs",
                  "--runtime=runc"));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("CONTAINERS_CONF", folder.resolve("containers.conf").toString());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
      return said;
    }
  }
}
