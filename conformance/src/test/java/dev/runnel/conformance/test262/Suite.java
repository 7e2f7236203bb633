package dev.runnel.conformance.test262;

import dev.runnel.engine.Engine;
import dev.runnel.engine.JitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The checkout of test262 and what QuickJS-ng expects of it. */
record Suite(Path folder, Expectations expected) {
  /** Loops over all characters take QuickJS itself seconds; nothing takes this long. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final long STACK_BYTES = 16 << 20;

  /** Features of the host around an engine, or left out of the wasm build, each with its reason. */
  private static final Map<String, String> NOT_HOSTED =
      Map.of(
          "cross-realm", "an isolate has one realm",
          "Atomics", "there is no shared memory between isolates",
          "Atomics.pause", "there is no shared memory between isolates",
          "SharedArrayBuffer", "there is no shared memory between isolates",
          "IsHTMLDDA", "document.all is a browser's",
          "json-modules", "the SPI's loader gives ECMAScript modules only",
          "import-attributes", "the SPI's loader gives ECMAScript modules only",
          "import-text", "the SPI's loader gives ECMAScript modules only",
          "import-bytes", "the SPI's loader gives ECMAScript modules only");

  static boolean isThere() {
    return checkout("test262").isPresent() && checkout("quickjs-ng").isPresent();
  }

  static Suite open() throws IOException {
    return new Suite(
        checkout("test262").orElseThrow(),
        Expectations.readFrom(checkout("quickjs-ng").orElseThrow()));
  }

  private static Optional<Path> checkout(String name) {
    return Optional.ofNullable(System.getenv("SUITES"))
        .map(folders -> Path.of(folders, name))
        .filter(Files::isDirectory);
  }

  /** The tests whose path contains the text, without those that QuickJS-ng excludes. */
  List<String> paths(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("test"))) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(path -> path.endsWith(".js") && !path.contains("_FIXTURE"))
          .filter(path -> path.contains(text) && !expected.excludes(path))
          .sorted()
          .toList();
    }
  }

  /** About so many of the paths, spread evenly. */
  static List<String> sample(List<String> paths, int count) {
    int step = Math.max(1, paths.size() / Math.max(1, count));
    List<String> spread = new ArrayList<>();
    for (int i = 0; i < paths.size(); i += step) {
      spread.add(paths.get(i));
    }
    return spread;
  }

  /** Runs tests on every processor. */
  SortedMap<String, Outcome> run(Engine engine, JitOptions jit, List<String> paths)
      throws InterruptedException {
    var outcomes = new ConcurrentSkipListMap<String, Outcome>();
    var next = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    try (Host host = new Host(engine, jit, folder, LIMIT)) {
      Runnable work =
          () -> {
            for (int i = next.getAndIncrement(); i < paths.size(); i = next.getAndIncrement()) {
              outcomes.put(paths.get(i), run(host, paths.get(i)));
            }
          };
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        workers.add(new Thread(null, work, "test262-" + i, STACK_BYTES));
      }
      workers.forEach(Thread::start);
      for (Thread worker : workers) {
        worker.join();
      }
    }
    return outcomes;
  }

  private Outcome run(Host host, String path) {
    String source = Host.read(folder.resolve(path));
    Frontmatter about = Frontmatter.of(source);
    for (String feature : about.features()) {
      if (expected.skippedFeatures().contains(feature) || NOT_HOSTED.containsKey(feature)) {
        return new Outcome.Skipped(feature);
      }
    }
    return host.run(path, source, about);
  }
}
