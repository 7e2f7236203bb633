package dev.runnel.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import dev.runnel.runtime.snapshot.RecordedReads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramModulesTest {
  @TempDir Path temporary;
  private Path folder;
  private Path entry;

  @BeforeEach
  void makeProgram() throws IOException {
    folder = temporary.toRealPath().resolve("app");
    write(
        "package.json",
        "{\"name\": \"app\", \"type\": \"module\", \"imports\": {\"#x\": \"./lib/x.js\"}}");
    entry = write("main.js", "export default {}");
  }

  @Test
  void aRelativeSpecifierIsAFileBesideTheReferrer() throws IOException {
    Path file = write("lib/x.js", "");

    assertThat(modules().resolve("./lib/x.js", entry.toString())).isEqualTo(file.toString());
  }

  @Test
  void anImportNeverGuessesAnEnding() throws IOException {
    write("lib/x.js", "");

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().resolve("./lib/x", entry.toString()))
        .withMessage("Cannot find module './lib/x' imported from %s", entry)
        .extracting(HostError::code)
        .isEqualTo("ERR_MODULE_NOT_FOUND");
  }

  @Test
  void requireCompletesEndingsAndFolders() throws IOException {
    Path file = write("lib/x.js", "");
    Path index = write("lib/y/index.js", "");

    assertThat(modules().resolveRequired("./lib/x", entry.toString())).isEqualTo(file.toString());
    assertThat(modules().resolveRequired("./lib/y", entry.toString())).isEqualTo(index.toString());
  }

  @Test
  void aPackageIsFoundThroughItsExportsAndConditions() throws IOException {
    write(
        "node_modules/p/package.json",
        """
        {"exports": {".": {"worker": "./w.js", "require": "./r.cjs", "default": "./d.js"},
                     "./sub/*": "./files/*.js"}}""");
    Path d = write("node_modules/p/d.js", "");
    Path w = write("node_modules/p/w.js", "");
    Path r = write("node_modules/p/r.cjs", "");
    Path sub = write("node_modules/p/files/a.js", "");
    var modules = modules();

    assertThat(modules.resolve("p", entry.toString())).isEqualTo(d.toString());
    assertThat(modules.resolveRequired("p", entry.toString())).isEqualTo(r.toString());
    assertThat(modules.resolve("p/sub/a", entry.toString())).isEqualTo(sub.toString());
    assertThat(modules(ProgramModules.Kind.WORKER).resolve("p", entry.toString()))
        .isEqualTo(w.toString());
  }

  @Test
  void aSubpathThatIsNotExportedIsRefused() throws IOException {
    write("node_modules/p/package.json", "{\"exports\": \"./d.js\"}");
    write("node_modules/p/secret.js", "");

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().resolve("p/secret.js", entry.toString()))
        .extracting(HostError::code)
        .isEqualTo("ERR_PACKAGE_PATH_NOT_EXPORTED");
  }

  @Test
  void theImportsOfThePackageAndItsOwnNameResolve() throws IOException {
    Path x = write("lib/x.js", "");

    assertThat(modules().resolve("#x", entry.toString())).isEqualTo(x.toString());
  }

  @Test
  void programsCannotImportPrivateModules() {
    for (String specifier : List.of("host:http", "internal:boot", "host:isolate")) {
      assertThatExceptionOfType(HostError.class)
          .isThrownBy(() -> modules().resolve(specifier, entry.toString()))
          .withMessageContaining("programs can't import it");
      assertThatExceptionOfType(HostError.class)
          .isThrownBy(() -> modules().resolveRequired(specifier, entry.toString()));
    }
  }

  @Test
  void onlyTheBootModuleImportsHostModules() {
    assertThat(modules().resolve("host:http", Builtins.BOOT)).isEqualTo("host:http");
  }

  @Test
  void aNodeModuleThatRunnelLacksIsNamed() {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().resolve("node:quic", entry.toString()))
        .withMessage("Runnel does not have the module 'node:quic'.");
  }

  @Test
  void aModuleWithoutABareNameLeavesThatToPackages() {
    assertThat(modules().resolve("node:test", entry.toString())).isEqualTo("node:test");
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().resolve("test", entry.toString()))
        .withMessageStartingWith("Cannot find package 'test'");
  }

  @Test
  void aLinkThatLeadsOutOfTheProgramIsRefused() throws IOException {
    Path outside = Files.writeString(temporary.resolve("secret.js"), "export default 1");
    Files.createSymbolicLink(folder.resolve("link.js"), outside);
    var modules = modules();
    String name = modules.resolve("./link.js", entry.toString());

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules.load(name))
        .withMessageContaining("lies outside its own folder");
  }

  @Test
  void aNameThatAProgramMadeUpReadsNothingOutside() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.js"), "export default 1");
    Files.createSymbolicLink(folder.resolve("link.js"), secret);
    var modules = modules();

    for (String name :
        List.of(
            secret.toString(),
            folder + "/../secret.js",
            folder + "/lib/../../secret.js",
            folder + "/link.js",
            folder + "/../../../../../proc/self/environ")) {
      assertThatExceptionOfType(HostError.class)
          .as(name)
          .isThrownBy(() -> modules.read(name))
          .extracting(HostError::code)
          .isEqualTo("ERR_ACCESS_DENIED");
    }
  }

  @Test
  void whatIsNoRegularFileIsNotRead() throws Exception {
    Path fifo = folder.resolve("fifo.js");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().read(fifo.toString()))
        .withMessageContaining("can't be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"./lib%2fx.js", "./lib\n%2Fx.js", "./a%5c..", "./a%00"})
  void encodedSeparatorsAreRefused(String specifier) {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().resolve(specifier, entry.toString()))
        .extracting(HostError::code)
        .isEqualTo("ERR_INVALID_MODULE_SPECIFIER");
  }

  @Test
  void namesWithNulAreRefused() {
    var modules = modules();

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> modules.resolve("./a\0b", entry.toString()),
            () -> modules.resolveRequired("./a\0b", entry.toString()),
            () -> modules.resolve("./a", "/b\0c"),
            () -> modules.read("/a\0b"),
            () -> modules.format("/a\0b"),
            () -> modules.load("/a\0b"))) {
      assertThatExceptionOfType(HostError.class).isThrownBy(use);
    }
  }

  @Test
  void aCommonJsFileBecomesAStubWithItsNames() throws IOException {
    Path file =
        write(
            "c.cjs",
            "exports.a = 1; module.exports.b = 2; Object.defineProperty(exports, 'c', {});"
                + " module.exports = require('./d.cjs');");
    write("d.cjs", "module.exports = { d, 'e-f': 2, g() {} };");

    assertThat(modules().load(file.toString()).text())
        .contains("as \"a\"", "as \"b\"", "as \"c\"", "as \"d\"", "as \"e-f\"", "as \"g\"")
        .contains("export default module;");
  }

  @Test
  void jsonIsTheDefaultExportOfItsModule() throws IOException {
    Path file = write("data.json", "{\"a\": [1, 2]}");

    assertThat(modules().load(file.toString()).text())
        .isEqualTo("export default JSON.parse(\"{\\\"a\\\": [1, 2]}\");");
  }

  @Test
  void aPackageWithoutATypeIsReadByItsSyntax() throws IOException {
    write("node_modules/q/package.json", "{}");
    Path module = write("node_modules/q/m.js", "// require('x')\nimport a from './a.js';");
    Path commonJs =
        write("node_modules/q/c.js", "const s = \"import x from 'y'\"; module.exports = s;");
    var modules = modules();

    assertThat(modules.format(module.toString())).isEqualTo(ModuleFormat.ES_MODULE);
    assertThat(modules.format(commonJs.toString())).isEqualTo(ModuleFormat.COMMON_JS);
  }

  @Test
  void theKindComesFromThePackageOrElseFromTheDefaultExport() throws IOException {
    var files = ModuleFiles.around(entry, List.of(), SourceTransform.NONE);
    Path script = write("script.js", "console.log('export default x')");

    assertThat(ProgramModules.kindOf(entry, files)).isEqualTo(ProgramModules.Kind.WORKER);
    assertThat(ProgramModules.kindOf(script, files)).isEqualTo(ProgramModules.Kind.NODE);
    write("package.json", "{\"runnel\": {\"kind\": \"node\"}}");
    assertThat(ProgramModules.kindOf(entry, files)).isEqualTo(ProgramModules.Kind.NODE);
  }

  @Test
  void whatImportsQuickJsModulesIsNoWorkerThoughABundlerGaveItADefaultExport() throws IOException {
    Path bundle =
        write("bundle.mjs", "import * as s from 'std';\nvar x = {};\nexport { x as default };");

    assertThat(
            ProgramModules.kindOf(
                bundle, ModuleFiles.around(bundle, List.of(), SourceTransform.NONE)))
        .isEqualTo(ProgramModules.Kind.NODE);
  }

  @Test
  void aTypeScriptFileSaysWhatToDo() throws IOException {
    Path file = write("main.ts", "let x: number = 1");

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules().load(file.toString()))
        .withMessageContaining("bundle it to JavaScript first");
  }

  @Test
  void typeScriptIsTransformedWithTheSettingsNearestToIt() throws IOException {
    write("tsconfig.json", "{}");
    Path file = write("main.ts", "let x: number = 1");
    SourceTransform shout =
        (path, text, tsconfig) ->
            "export default '%s %s %s'"
                .formatted(path.getFileName(), text.length(), tsconfig.orElse("none"));
    var changed = new RecordedReads();
    ProgramModules modules = modules(ProgramModules.Kind.NODE, shout);
    modules.recordTo(changed);

    assertThat(modules.load(file.toString()).text()).isEqualTo("export default 'main.ts 17 {}'");
    assertThat(changed.files())
        .containsOnlyKeys(file.toString(), file.resolveSibling("tsconfig.json").toString());
  }

  @Test
  void typeScriptNamesModulesByWhatTheyWillBeOrWithoutAnEnding() throws IOException {
    String importer = write("main.ts", "").toString();
    String script = write("main.js", "").toString();
    write("js.js", "");
    write("js.ts", "");
    for (String name : List.of("a.ts", "b.tsx", "c.mts", "d/index.ts", "e.cts")) {
      write(name, "");
    }
    ProgramModules modules = modules();

    assertThat(modules.resolve("./a.js", importer)).endsWith("/a.ts");
    assertThat(modules.resolve("./a", importer)).endsWith("/a.ts");
    assertThat(modules.resolve("./b.js", importer)).endsWith("/b.tsx");
    assertThat(modules.resolve("./c.mjs", importer)).endsWith("/c.mts");
    assertThat(modules.resolve("./d", importer)).endsWith("/d/index.ts");
    assertThat(modules.resolve("./e.cjs", importer)).endsWith("/e.cts");
    assertThat(modules.resolve("./js.js", importer)).endsWith("/js.js");
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> modules.resolve("./a.js", script))
        .withMessageContaining("Cannot find module");
  }

  private ProgramModules modules() {
    return modules(ProgramModules.Kind.NODE);
  }

  private ProgramModules modules(ProgramModules.Kind kind) {
    return modules(kind, SourceTransform.NONE);
  }

  private ProgramModules modules(ProgramModules.Kind kind, SourceTransform transform) {
    return new ProgramModules(
        Builtins.load("quickjs"), ModuleFiles.around(entry, List.of(), transform), entry, kind);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
