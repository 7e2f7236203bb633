package dev.runnel.translator.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The specification's own tests. They lie in {@code $SUITES/wasm-spec}, a checkout of
 * github.com/WebAssembly/spec; npm's wabt assembles them.
 */
class WasmSpecTest {
  /**
   * Folders of proposals that Endive's compiler or the assembler lacks stay out: gc, memory64,
   * multi-memory, relaxed-simd, simd.
   */
  private static final List<String> FOLDERS = List.of(".", "bulk-memory", "exceptions");

  /** How the checkout may be called. */
  private static final List<String> NAMES =
      List.of("wasm-spec", "spec", "WebAssembly-spec", "WebAssembly+spec");

  /** Files about types and syntax that wabt can't assemble, or assembles wrongly. */
  private static final Set<String> SKIPPED =
      Set.of(
          "annotations",
          "br_on_non_null",
          "br_on_null",
          "call_ref",
          "id",
          "inline-module",
          "instance",
          "local_init",
          "ref",
          "ref_as_non_null",
          "return_call_ref",
          "table",
          "tag",
          "type-canon",
          "type-equivalence",
          "type-rec",
          "unreached-valid");

  @TempDir static Path scripts;

  @TestFactory
  Stream<DynamicTest> translatedModulesDoAsTheSpecificationSays() throws Exception {
    Path core = core().orElse(Path.of(""));
    assumeTrue(Files.isDirectory(core.resolve("bulk-memory")), "No $SUITES/wasm-spec: skipped.");
    Path assembler = Path.of("src/test/wast/assemble.mjs");
    assumeTrue(
        Files.isDirectory(Path.of("../node_modules/wabt")), "No node_modules/wabt: skipped.");
    assemble(assembler, core);
    try (Stream<Path> files = Files.list(scripts)) {
      return files
          .filter(file -> file.toString().endsWith(".script"))
          .filter(file -> !SKIPPED.contains(name(file)))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(name(file), () -> run(file)))
          .toList()
          .stream();
    }
  }

  private static Optional<Path> core() {
    return Optional.ofNullable(System.getenv("SUITES")).stream()
        .flatMap(suites -> NAMES.stream().map(name -> Path.of(suites, name, "test", "core")))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static void assemble(Path assembler, Path core) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", assembler.toString(), scripts.toString()));
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.list(core.resolve(folder))) {
        files.map(Path::toString).filter(file -> file.endsWith(".wast")).forEach(command::add);
      }
    }
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as("assemble.mjs").isZero();
  }

  private static String name(Path script) {
    return script.getFileName().toString().replace(".script", "");
  }

  private static void run(Path script) throws IOException {
    SpecRun run = new SpecRun(scripts);

    run.run(script);

    System.out.printf(
        "%s: %d passed, %d skipped, %d failed%n",
        name(script), run.passed(), run.skipped(), run.failures().size());
    assertThat(run.failures()).isEmpty();
  }
}
