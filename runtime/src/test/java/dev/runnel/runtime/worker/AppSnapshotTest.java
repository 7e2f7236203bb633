package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.WorkerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Isolates that start from their program's evaluated heap, and programs that must not. */
@Timeout(120)
class AppSnapshotTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void twoIsolatesOfAProgramThatDrawsRandomBytesAtStartNeverShareThem() throws Exception {
    List<String> answers =
        answersOfTwoIsolates(
            """
            import { randomBytes } from "node:crypto";
            const drawn = randomBytes(16).toString("hex");
            export default { fetch: () => new Response(drawn) };
            """);

    assertThat(answers.get(0)).isNotEqualTo(answers.get(1));
  }

  @Test
  void mathRandomDiffersBetweenClonesOfOneHeap() throws Exception {
    List<String> answers =
        answersOfTwoIsolates(
            "export default { fetch: () => new Response(String(Math.random())) };");

    assertThat(answers.get(0)).isNotEqualTo(answers.get(1));
  }

  @Test
  void keysThatWereMadeAtStartAreInEveryIsolate() throws Exception {
    List<String> answers =
        answersOfTwoIsolates(
            """
            const hmac = { name: "HMAC", hash: "SHA-256" };
            const key = await crypto.subtle.importKey("raw", new Uint8Array(8), hmac, true, ["sign"]);
            const size = async () => (await crypto.subtle.exportKey("raw", key)).byteLength;
            export default { fetch: async () => new Response(String(await size())) };
            """);

    assertThat(answers).containsExactly("8", "8");
  }

  @Test
  void intlObjectsThatWereMadeAtStartWorkInEveryIsolate() throws Exception {
    List<String> answers =
        answersOfTwoIsolates(
            """
            const euro = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" });
            const first = euro.format(1);
            const date = new Intl.DateTimeFormat("de-DE", { dateStyle: "long" });
            export default { fetch: () => new Response(`${first} ${euro.format(2)} ${date.format(0)}`) };
            """);

    assertThat(answers).containsOnly("1,00\u00a0€ 2,00\u00a0€ 1. Januar 1970");
  }

  @Test
  void aProgramThatHasWebAssemblyIsEvaluatedByEveryIsolate() throws Exception {
    List<String> answers =
        answersOfTwoIsolates(
            """
            const memory = new WebAssembly.Memory({ initial: 1 });
            const view = new Uint8Array(memory.buffer);
            view[3] = 7;
            export default { fetch: () => new Response(String(view[3]++)) };
            """);

    assertThat(answers).containsExactly("7", "7");
  }

  @Test
  void loadingABuiltInModuleDoesNotForbidASnapshot() throws Exception {
    Path store = folder.resolve("store");
    var source = new StringBuilder();
    for (String name : builtinNames()) {
      source.append("import \"").append(name).append("\";\n");
    }
    source.append("export default { fetch: () => new Response(typeof Buffer) };");

    String answer = answer(write(source.toString()), WorkerOptions.DEFAULT.withSnapshots(store));

    assertThat(answer).isEqualTo("function");
    assertThat(onlyFileIn(store)).isNotEmptyFile();
  }

  /** All but node:process, which opens the standard streams for whoever imports it. */
  private static List<String> builtinNames() throws Exception {
    try (var in = Worker.class.getResourceAsStream("/dev/runnel/runtime/js/builtins.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ")[0])
          .filter(name -> !name.contains(":") && !name.equals("process"))
          .map(name -> "node:" + name)
          .toList();
    }
  }

  @Test
  void outputAtStartIsWrittenByEveryIsolate() throws Exception {
    answersOfTwoIsolates(
        "console.log('started'); export default { fetch: () => new Response('') };");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("started\nstarted\n");
  }

  @Test
  void aStoredHeapIsUsedUntilItsFilesChangeAndADamagedOneIsReplaced() throws Exception {
    Path store = folder.resolve("store");
    var options = WorkerOptions.DEFAULT.withSnapshots(store);
    Path program = write("export default { fetch: () => new Response('one') };");
    assertThat(answer(program, options)).isEqualTo("one");
    Path kept = onlyFileIn(store);

    assertThat(answer(program, options)).isEqualTo("one");
    byte[] damaged = Files.readAllBytes(kept);
    damaged[damaged.length / 2] ^= 1;
    Files.write(kept, damaged);
    assertThat(answer(program, options)).isEqualTo("one");
    write("export default { fetch: () => new Response('two') };");

    assertThat(answer(program, options)).isEqualTo("two");
    assertThat(Files.getPosixFilePermissions(onlyFileIn(store)))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  @Test
  void aHeapThatCannotBeKeptLeavesNothingBehind() throws Exception {
    Path store = folder.resolve("store");
    var options = WorkerOptions.DEFAULT.withSnapshots(store);
    Path program = write("export default { fetch: () => new Response('one') };");
    answer(program, options);
    Path kept = onlyFileIn(store);
    Files.delete(kept);
    Files.createDirectories(kept.resolve("in the way"));

    answer(program, options);

    try (var files = Files.list(store)) {
      assertThat(files).containsExactly(kept);
    }
  }

  /** The file is written in the background, whole or not at all. */
  private static Path onlyFileIn(Path store) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<Path> snapshot = snapshotIn(store);
      if (snapshot.isPresent()) {
        return snapshot.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("No snapshot has come into %s.".formatted(store));
  }

  private static Optional<Path> snapshotIn(Path store) throws Exception {
    if (!Files.isDirectory(store)) {
      return Optional.empty();
    }
    try (var files = Files.list(store)) {
      return files.filter(file -> file.toString().endsWith(".snapshot")).findFirst();
    }
  }

  private List<String> answersOfTwoIsolates(String source) throws Exception {
    var options =
        WorkerOptions.DEFAULT.withIsolates(2).withOutput(new WorkerOptions.Output(out, out));
    Path program = write(source);
    try (var worker = Worker.load(program, options);
        var first = worker.fetch(WorkerRequest.get("http://localhost/"));
        var second = worker.fetch(WorkerRequest.get("http://localhost/"))) {
      return List.of(
          new String(first.body().readAllBytes(), StandardCharsets.UTF_8),
          new String(second.body().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String answer(Path program, WorkerOptions options) throws Exception {
    try (var worker = Worker.load(program, options);
        var response = worker.fetch(WorkerRequest.get("http://localhost/"))) {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path write(String source) throws Exception {
    return Files.writeString(folder.resolve("main.js"), source);
  }
}
