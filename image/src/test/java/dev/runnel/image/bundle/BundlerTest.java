package dev.runnel.image.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.image.bundle.Bundler.Install;
import dev.runnel.image.bundle.Bundler.Mode;
import dev.runnel.image.bundle.Bundler.Shape;
import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.AppProgram.Component;
import dev.runnel.image.pack.AppProgram.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the esbuild that comes with Runnel, since the folders have no other. */
class BundlerTest {
  @TempDir private Path temp = Path.of("");
  private final StringWriter said = new StringWriter();

  private Path app() throws IOException {
    return Files.createDirectories(temp.resolve("app"));
  }

  private void file(String name, String content) throws IOException {
    Path file = app().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private AppProgram built(Mode mode, Shape shape) throws Exception {
    SourceProgram program = SourceProgram.at(app());
    var settings = new Bundler.Settings(mode, shape, Install.REFUSED, cache());
    var bundler = Bundler.of(program, settings, new PrintWriter(said, true));
    return new OutputFolder(program, Path.of("dist")).build(bundler);
  }

  private AppProgram built() throws Exception {
    return built(Mode.PRODUCTION, Shape.READABLE);
  }

  /** One for all tests of this build: it is ten megabytes. */
  private static Path cache() {
    return Path.of("target", "esbuild").toAbsolutePath();
  }

  private String bundle() throws IOException {
    return Files.readString(app().resolve("dist/main.js"));
  }

  @Test
  void typesAndJsxAreGoneAndTheSourceMapLiesBeside() throws Exception {
    file("package.json", "{\"name\":\"shop\",\"version\":\"2.0.0\",\"source\":\"src/start.tsx\"}");
    file("src/start.tsx", "const n: number = 1;\nexport default { fetch: () => <b>{n}</b> };\n");
    file("node_modules/react/package.json", "{\"name\":\"react\",\"version\":\"19.0.0\"}");
    file("node_modules/react/jsx-runtime.js", "export const jsx = (type) => type;");

    AppProgram program = built();

    assertThat(program.kind()).isEqualTo(Kind.WORKER);
    assertThat(program.identity()).isEqualTo(new AppProgram.Identity("shop", "2.0.0"));
    assertThat(program.components())
        .containsExactly(new Component("react", "19.0.0", Optional.empty()));
    assertThat(bundle())
        .contains("jsx(\"b\"")
        .doesNotContain(": number", "import ")
        .endsWith("//# sourceMappingURL=main.js.map\n");
    JsonObject map =
        JsonParser.parseString(Files.readString(app().resolve("dist/main.js.map")))
            .getAsJsonObject();
    assertThat(map.get("sources").toString()).contains("\"../src/start.tsx\"");
    assertThat(map.has("sourcesContent")).isFalse();
  }

  @Test
  void theKindDecidesWhichConditionsCount() throws Exception {
    file(
        "node_modules/p/package.json",
        "{\"name\":\"p\",\"exports\":{\"workerd\":\"./w.js\",\"node\":\"./n.js\"}}");
    file("node_modules/p/w.js", "export default 'for workers';");
    file("node_modules/p/n.js", "export default 'for node';");

    file("main.js", "import p from 'p'; console.log(p);");
    assertThat(built().kind()).isEqualTo(Kind.NODE);
    assertThat(bundle()).contains("for node");

    file("main.js", "import p from 'p'; export default { fetch: () => p };");
    assertThat(built().kind()).isEqualTo(Kind.WORKER);
    assertThat(bundle()).contains("for workers");

    file("package.json", "{\"runnel\":{\"kind\":\"node\"}}");
    assertThat(built().kind()).isEqualTo(Kind.NODE);
  }

  @Test
  void theModeIsNodeEnv() throws Exception {
    file("main.js", "console.log(process.env.NODE_ENV);");

    built();
    assertThat(bundle()).contains("console.log(\"production\")");
    built(Mode.DEVELOPMENT, Shape.MINIFIED);
    assertThat(bundle()).contains("console.log(\"development\")");
  }

  @Test
  void builtInsThatPackagesRequireAreImported() throws Exception {
    file("node_modules/old/package.json", "{\"name\":\"old\",\"main\":\"index.js\"}");
    file("node_modules/old/index.js", "module.exports = require('stream').Readable;");
    file("main.js", "import old from 'old'; import { join } from 'node:path'; old(join);");

    built();

    assertThat(bundle()).startsWith("import __required0 from \"stream\"; const __required = ");
    assertThat(bundle()).contains("from \"node:path\"");
  }

  @Test
  void aClientsFilesHaveDigestsInTheirNamesAndTheProgramKnowsThem() throws Exception {
    file("package.json", "{\"runnel\":{\"client\":\"client.js\"}}");
    file("main.js", "import c from 'runnel:client'; import l from './l.svg'; console.log(c, l);");
    file("client.js", "import './s.css'; import l from './l.svg'; document.title = l;");
    file("s.css", "body { color: red }");
    file("l.svg", "<svg/>");

    AppProgram program = built();

    JsonObject client =
        JsonParser.parseString(Files.readString(app().resolve("dist/client.json")))
            .getAsJsonObject();
    String script = client.get("script").getAsString();
    String styles = client.get("styles").getAsJsonArray().get(0).getAsString();
    String logo = client.getAsJsonObject("files").get("l.svg").getAsString();
    assertThat(script).matches("/assets/client-[A-Z0-9]{8}\\.js");
    assertThat(styles).matches("/assets/client-[A-Z0-9]{8}\\.css");
    Path assets = program.assets().orElseThrow();
    for (String url : new String[] {script, styles, logo}) {
      assertThat(assets.resolve(url.substring(1))).isRegularFile();
    }
    assertThat(bundle()).contains(script, logo).contains("// runnel:client\n");
    assertThat(Files.readString(assets.resolve(script.substring(1)))).contains(logo);
  }

  @Test
  void theSameSourcesAreTheSameBytes() throws Exception {
    file("package.json", "{\"runnel\":{\"client\":\"client.js\"}}");
    file("main.js", "import c from 'runnel:client'; console.log(c);");
    file("client.js", "document.title = 'x';");
    built();
    String first = bundle();
    String map = Files.readString(app().resolve("dist/main.js.map"));

    built();

    assertThat(bundle()).isEqualTo(first);
    assertThat(app().resolve("dist/main.js.map")).hasContent(map);
  }

  @Test
  void aSyntaxErrorIsSaidAsEsbuildSaysItAndLeavesWhatWasThere() throws Exception {
    file("main.js", "console.log(1);\n");
    built();
    file("main.js", "console.log(1);\nconst x = ;\n");

    assertThatThrownBy(this::built)
        .isInstanceOf(BuildException.class)
        .hasMessageEndingWith("could not be built.");

    assertThat(said.toString()).contains("[ERROR] Unexpected \";\"", "main.js:2:10:");
    assertThat(bundle()).contains("console.log(1)");
    try (var left = Files.list(app())) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("main.js", "dist");
    }
  }

  @Test
  void anImportThatIsNotThereIsNamed() throws Exception {
    file("main.js", "import 'nowhere';\n");

    assertThatThrownBy(this::built).isInstanceOf(BuildException.class);
    assertThat(said.toString()).contains("Could not resolve \"nowhere\"", "main.js:1:7:");
  }

  @Test
  void sourcesAreNotOverwritten() throws Exception {
    file("dist/start.js", "1;");
    file("package.json", "{\"source\":\"dist/start.js\"}");

    assertThatThrownBy(this::built).hasMessageContaining("which has its sources");
  }

  @Test
  void whatHasNoSourceIsOneSentence() throws Exception {
    assertThatThrownBy(() -> SourceProgram.at(app())).hasMessageContaining("has no source");
    file("package.json", "{\"source\":\"src/no.tsx\"}");
    assertThatThrownBy(() -> SourceProgram.at(app()))
        .hasMessageContaining("\"source\": \"src/no.tsx\", which doesn't exist");
    file("package.json", "{");
    assertThatThrownBy(() -> SourceProgram.at(app())).hasMessageContaining("not valid JSON");
  }
}
