package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCommandTest {
  private static final String PROGRAM = "export default { fetch: () => new Response('hello') };\n";

  @TempDir private Path temp = Path.of("");

  private Outcome runnel(String... args) {
    return new RunnelCommands(temp.resolve("images")).run(args);
  }

  private Path app(String folder, String program) throws Exception {
    Path app = Files.createDirectories(temp.resolve(folder).resolve("app"));
    Files.writeString(
        app.resolve("package.json"),
        "{\"name\":\"shop\",\"version\":\"1.2.3\",\"type\":\"module\",\"main\":\"main.js\"}");
    Files.writeString(app.resolve("main.js"), program);
    return app;
  }

  @Test
  void aProgramBecomesAnImageThatIsListedSavedRemovedAndLoaded() throws Exception {
    String tar = temp.resolve("shop.tar").toString();

    Outcome packed = runnel("pack", app("a", PROGRAM).toString(), "-t", "shop:1");
    assertThat(packed.err()).isEmpty();
    assertThat(packed.out()).matches("sha256:[0-9a-f]{64}\n");

    String digest = packed.out().substring("sha256:".length(), "sha256:".length() + 12);
    assertThat(runnel("images").out()).contains("shop:1  " + digest + "  app");
    assertThat(runnel("inspect", "shop:1").out())
        .contains("\"dev.runnel.image.kind\": \"app\"", "\"8080/tcp\"");
    assertThat(runnel("inspect", "--sbom", "shop:1").out())
        .contains("\"bomFormat\": \"CycloneDX\"", "\"version\": \"1.2.3\"");
    assertThat(runnel("save", "shop:1", "-o", tar).exitCode()).isZero();
    assertThat(runnel("rm", "shop:1").exitCode()).isZero();
    assertThat(runnel("images").out()).doesNotContain("shop");
    assertThat(runnel("load", tar).out()).isEqualTo("shop:1\n");
    assertThat(runnel("images").out()).contains("shop:1  " + digest + "  app");
  }

  @Test
  void theSameProgramIsTheSameImageWhereverAndWheneverItIsPacked() throws Exception {
    Path early = app("a", PROGRAM);
    Path late = app("b", PROGRAM);
    Files.setLastModifiedTime(
        late.resolve("main.js"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

    String first = temp.resolve("1.tar").toString();
    String second = temp.resolve("2.tar").toString();
    assertThat(runnel("pack", early.toString(), "-t", "shop", "-o", first).out())
        .isEqualTo(runnel("pack", late.toString(), "-t", "shop", "-o", second).out());
    assertThat(Path.of(first)).hasSameBinaryContentAs(Path.of(second));
    assertThat(
            runnel("pack", app("c", PROGRAM.replace("hello", "bye")).toString(), "-t", "x").out())
        .isNotEqualTo(runnel("pack", early.toString(), "-t", "y").out());
  }

  private Path wasm() throws Exception {
    return Files.write(
        temp.resolve("seven.wasm"), HexFormat.of().parseHex(CompileCommandTest.EXITS_WITH_7));
  }

  @Test
  void aWebAssemblyFileBecomesAnImageThatCrunKnowsAndThatRuns() throws Exception {
    String digest = runnel("pack", wasm().toString(), "-t", "seven", "--target", "wasm").out();

    assertThat(digest).startsWith("sha256:");
    assertThat(runnel("inspect", "seven").out())
        .contains(
            "\"os\": \"wasi\"",
            "\"architecture\": \"wasm\"",
            "\"/app.wasm\"",
            "\"run.oci.handler\": \"wasm\"",
            "\"module.wasm.image/variant\": \"compat-smart\"");
    assertThat(runnel("run", "seven")).isEqualTo(new Outcome(7, "", ""));
    assertThat(runnel("pack", wasm().toString(), "-t", "again", "--target", "wasm").out())
        .isEqualTo(digest);
  }

  @Test
  void aWebAssemblyFileBecomesAnArtifact() throws Exception {
    runnel("pack", wasm().toString(), "-t", "seven", "--target", "wasm", "--artifact");

    assertThat(runnel("inspect", "seven").out())
        .contains(
            "application/vnd.wasm.config.v0+json",
            "\"mediaType\": \"application/wasm\"",
            "\"os\": \"wasip1\"",
            "\"layerDigests\"");
    assertThat(runnel("run", "seven").err()).contains("is no image to run but an artifact");
  }

  @Test
  void whatIsNoWebAssemblyIsOneSentence() throws Exception {
    Path text = Files.writeString(temp.resolve("text.wasm"), "console.log(1)");

    assertThat(runnel("pack", text.toString(), "-t", "x", "--target", "wasm").err())
        .isEqualTo("runnel: %s is no WebAssembly module.\n".formatted(text));
    assertThat(runnel("pack", wasm().toString(), "-t", "x").err()).contains("--target wasm");
  }

  @Test
  void aProgramBecomesOneWebAssemblyFileThatRuns() throws Exception {
    String script = "process.exit(process.argv.slice(2).reduce((a, b) => a + Number(b), 0));\n";

    Outcome packed = runnel("pack", app("a", script).toString(), "-t", "shop", "--target", "wasm");
    assertThat(packed.err())
        .isEqualTo(
            "runnel: The program reads its arguments while it is evaluated, so that is done at"
                + " each start.\n");
    assertThat(runnel("run", "shop", "--", "3", "4")).isEqualTo(new Outcome(7, "", ""));
    assertThat(runnel("inspect", "--sbom", "shop").out()).contains("\"version\": \"1.2.3\"");
    assertThat(runnel("pack", app("b", script).toString(), "-t", "b", "--target", "wasm").out())
        .as("the same program in another folder")
        .isEqualTo(packed.out());
  }

  @Test
  void aWorkerBecomesAnArtifactThatIsEvaluatedWhenItIsPacked() throws Exception {
    String[] pack = {"pack", app("a", PROGRAM).toString(), "-t", "part", "--target", "wasm"};
    Outcome image = runnel(pack);
    assertThat(image.err()).isEmpty();
    Outcome artifact = runnel(with(pack, "--artifact", "--evaluate=now"));

    assertThat(artifact.err()).isEmpty();
    assertThat(runnel("inspect", "part").out()).contains("\"mediaType\": \"application/wasm\"");
    assertThat(runnel(with(pack, "--evaluate=later")).err())
        .contains("'--evaluate'", "It must be auto, now or start.");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void skopeoInspectsAndCopiesEachKind() throws Exception {
    assumeTrue(DockerRegistry.isOnPath("skopeo"), "skopeo is not installed");
    runnel("pack", app("a", PROGRAM).toString(), "-t", "shop");
    runnel("pack", wasm().toString(), "-t", "seven", "--target", "wasm");
    runnel("pack", wasm().toString(), "-t", "part", "--target", "wasm", "--artifact");

    for (String name : new String[] {"shop", "seven", "part"}) {
      String tar = temp.resolve(name + ".tar").toString();
      String copy = temp.resolve(name + "-copy.tar").toString();
      assertThat(runnel("save", name, "-o", tar).exitCode()).isZero();
      String digest = runnel("inspect", name).out().replaceAll("(?s).*?(sha256:\\w+).*", "$1");
      assertThat(skopeo("inspect", "--raw", "oci-archive:" + tar)).contains("\"layers\"");
      skopeo(
          "copy",
          "--insecure-policy",
          "--preserve-digests",
          "oci:%s:%s:latest".formatted(temp.resolve("images"), name),
          "oci-archive:" + copy + ":" + name + ":copied");
      assertThat(runnel("load", copy).out()).isEqualTo(name + ":copied\n");
      assertThat(runnel("inspect", name + ":copied").out()).contains(digest);
    }
    assertThat(skopeo("inspect", "oci-archive:" + temp.resolve("shop.tar")))
        .contains("\"Os\": \"js\"", "\"Architecture\": \"wasm\"");
  }

  private static String skopeo(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(args));
    command.addFirst("skopeo");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** A limit on the size of files fails a write in its middle, as a full disk does. */
  @Test
  void aDiskThatIsFullLeavesNothingAndTheNextTryWorks() throws Exception {
    StringBuilder noise = new StringBuilder();
    new java.util.Random(1).ints(400_000, 'a', 'z').forEach(c -> noise.append((char) c));
    Path app = app("a", "console.log('" + noise + "');");
    String images = temp.resolve("images").toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 200 && exec \"$0\" \"$@\"",
                java,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "pack",
                app.toString(),
                "--no-build",
                "-t",
                "shop",
                "--store",
                images)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).startsWith("runnel: ").contains("File too large").hasLineCount(1);
    try (Stream<Path> left = Files.walk(Path.of(images))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
    assertThat(runnel("pack", app.toString(), "-t", "shop").exitCode()).isZero();
  }

  @Test
  void whatCannotBePackedIsOneSentence() throws Exception {
    Path empty = Files.createDirectories(temp.resolve("empty"));

    assertThat(runnel("pack", "nowhere", "-t", "x").err())
        .isEqualTo("runnel: There is no program nowhere.\n");
    assertThat(runnel("pack", empty.toString(), "-t", "x").err()).contains("has no source");
    assertThat(runnel("pack", empty.toString(), "--no-build", "-t", "x").err())
        .contains("has no package.json");
    assertThat(runnel("pack", empty.toString(), "-t", "X").err())
        .contains("is no name of an image");
    assertThat(runnel("rm", "x").err()).contains("There is no image x:latest here");
    assertThat(runnel("load", "nowhere.tar").err()).contains("There is no file nowhere.tar.");
  }
}
