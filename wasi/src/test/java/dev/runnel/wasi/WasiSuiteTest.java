package dev.runnel.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.runtime.worker.DirectoryGrant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * WebAssembly/wasi-testsuite, preview 1, on Runnel and on Node's {@code node:wasi}, which start
 * from the same files each time. Reads {@code $SUITES/wasi-testsuite}, a checkout with its programs
 * built; prints a table.
 */
@Tag("long")
class WasiSuiteTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path scratch = Path.of("");

  /** What a program does, on one of the runtimes. */
  private record Result(int exitCode, String out) {}

  private record Specification(JsonObject json) {
    static Specification of(Path program) throws IOException {
      Path file = Path.of(program.toString().replaceFirst("\\.wasm$", ".json"));
      String text = Files.exists(file) ? Files.readString(file) : "{}";
      return new Specification(JsonParser.parseString(text).getAsJsonObject());
    }

    List<String> list(String name) {
      return json.has(name)
          ? json.getAsJsonArray(name).asList().stream().map(JsonElement::getAsString).toList()
          : List.of();
    }

    Map<String, String> environment() {
      Map<String, String> variables = new LinkedHashMap<>();
      if (json.has("env")) {
        json.getAsJsonObject("env")
            .entrySet()
            .forEach(each -> variables.put(each.getKey(), each.getValue().getAsString()));
      }
      return variables;
    }

    boolean isMetBy(Result result) {
      int code = json.has("exit_code") ? json.get("exit_code").getAsInt() : 0;
      return result.exitCode() == code
          && (!json.has("stdout") || json.get("stdout").getAsString().equals(result.out()));
    }
  }

  @Test
  void atLeastAsManyPassAsOnNode() throws Exception {
    Path suite =
        Path.of(Optional.ofNullable(System.getenv("SUITES")).orElse("")).resolve("wasi-testsuite");
    assumeTrue(Files.isDirectory(suite), "No $SUITES/wasi-testsuite: skipped.");
    List<Path> programs = programs(suite);
    assertThat(programs).isNotEmpty();
    int ours = 0;
    int nodes = 0;
    for (Path program : programs) {
      Specification specification = Specification.of(program);
      boolean runnel = specification.isMetBy(onRunnel(copyOf(program), specification));
      boolean node = specification.isMetBy(onNode(copyOf(program), specification));
      ours += runnel ? 1 : 0;
      nodes += node ? 1 : 0;
      System.out.printf("%-44s %-6s %s%n", program.getFileName(), word(runnel), word(node));
    }
    System.out.printf(
        "FIGURE wasi_testsuite runnel=%d node=%d of=%d%n", ours, nodes, programs.size());

    assertThat(ours).isGreaterThanOrEqualTo(nodes);
  }

  private static String word(boolean passes) {
    return passes ? "pass" : "fail";
  }

  /** Those of preview 1: all but the proposals and later previews. */
  private static List<Path> programs(Path suite) throws IOException {
    try (Stream<Path> files = Files.walk(suite.resolve("tests"))) {
      return files
          .filter(each -> each.toString().endsWith(".wasm"))
          .filter(each -> !each.toString().matches(".*(node_modules|proposals|wasip[23]).*"))
          .sorted()
          .toList();
    }
  }

  /** The program beside a fresh copy of the folders that it is granted. */
  private Path copyOf(Path program) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "run");
    for (String granted : Specification.of(program).list("dirs")) {
      copy(program.resolveSibling(granted), folder.resolve(granted));
    }
    return Files.copy(program, folder.resolve(program.getFileName()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.createDirectories(target.getParent());
        Files.copy(each, target);
      }
    }
  }

  private static Result onRunnel(Path program, Specification specification) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(program.getFileName().toString()));
    arguments.addAll(specification.list("args"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WasiOptions options =
        WasiOptions.DEFAULT
            .withArguments(arguments)
            .withEnvironment(specification.environment())
            .withDirectories(
                specification.list("dirs").stream()
                    .map(name -> new DirectoryGrant(name, program.resolveSibling(name)))
                    .toList())
            .withStreams(
                new WasiOptions.Streams(
                    InputStream.nullInputStream(),
                    out,
                    OutputStream.nullOutputStream(),
                    WasiOptions.Terminal.NO));
    WasiInstance instance = WasiProgram.compile(Files.readAllBytes(program)).instance(options);
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    WasiInstance.thread("program", options, () -> run(instance, end)).start();
    Outcome outcome = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    int code = outcome instanceof Outcome.Exited(int exit) ? exit : -1;
    return new Result(code, out.toString(StandardCharsets.UTF_8));
  }

  private static void run(WasiInstance instance, CompletableFuture<Outcome> end) {
    try (instance) {
      end.complete(instance.run());
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private static Result onNode(Path program, Specification specification) throws Exception {
    Process node =
        new ProcessBuilder(
                "node",
                "--no-warnings",
                "src/test/node/wasi.mjs",
                program.toString(),
                specification.json().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    node.getOutputStream().close();
    String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      node.destroyForcibly();
    }
    return new Result(node.waitFor(), out);
  }
}
