package dev.runnel.conformance.test262;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * test262 through the translated engine: what fails is what QuickJS-ng says fails, and what {@code
 * named-failures.txt} names with a reason. {@code -Dtest262.sample=N} runs N tests spread over the
 * suite, {@code -Dtest262.only=TEXT} those whose path contains the text.
 *
 * <p>Needs checkouts of {@code test262} and {@code quickjs-ng} in the folder {@code $SUITES}.
 */
@Tag("long")
class Test262Test {
  /** 64-bit counts of decoded characters take QuickJS itself seconds; nothing takes this long. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final int MOST_NAMED_FAILURES = 20;

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

  private final Map<String, Outcome> outcomes = new ConcurrentSkipListMap<>();

  static boolean suitesAreThere() {
    return suite("test262").isPresent() && suite("quickjs-ng").isPresent();
  }

  private static Optional<Path> suite(String name) {
    return Optional.ofNullable(System.getenv("SUITES"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isDirectory);
  }

  @Test
  @EnabledIf(value = "suitesAreThere", disabledReason = "$SUITES holds no test262 and quickjs-ng")
  void whatFailsIsWhatQuickJsListsAndWhatWeName() throws Exception {
    Path suite = suite("test262").orElseThrow();
    Expectations expected = Expectations.readFrom(suite("quickjs-ng").orElseThrow());
    List<String> paths = chosen(suite, expected);

    long start = System.nanoTime();
    runAll(suite, expected, paths);
    report(Duration.ofNanos(System.nanoTime() - start));

    Set<String> named = named();
    assertThat(named).hasSizeLessThanOrEqualTo(MOST_NAMED_FAILURES);
    assertThat(of(Outcome.Lost.class)).as("tests that crash in a way nobody can report").isEmpty();
    assertThat(unexpected(expected, named)).as("failures nobody named").isEmpty();
  }

  private static List<String> chosen(Path suite, Expectations expected) throws IOException {
    String only = System.getProperty("test262.only", "");
    List<String> paths;
    try (Stream<Path> files = Files.walk(suite.resolve("test"))) {
      paths =
          files
              .map(file -> suite.relativize(file).toString())
              .filter(path -> path.endsWith(".js") && !path.contains("_FIXTURE"))
              .filter(path -> path.contains(only) && !expected.excludes(path))
              .sorted()
              .toList();
    }
    int sample = Integer.getInteger("test262.sample", paths.size());
    int step = Math.max(1, paths.size() / Math.max(1, sample));
    List<String> spread = new ArrayList<>();
    for (int i = 0; i < paths.size(); i += step) {
      spread.add(paths.get(i));
    }
    return spread;
  }

  private void runAll(Path suite, Expectations expected, List<String> paths) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    try (Host host = new Host(Engine.named("quickjs"), suite, LIMIT)) {
      Runnable work =
          () -> {
            for (int i = next.getAndIncrement(); i < paths.size(); i = next.getAndIncrement()) {
              String path = paths.get(i);
              outcomes.put(path, run(host, suite, path, expected));
            }
          };
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        workers.add(new Thread(null, work, "test262-" + i, 16 << 20));
      }
      workers.forEach(Thread::start);
      for (Thread worker : workers) {
        worker.join();
      }
    }
  }

  private static Outcome run(Host host, Path suite, String path, Expectations expected) {
    String source = Host.read(suite.resolve(path));
    Frontmatter about = Frontmatter.of(source);
    for (String feature : about.features()) {
      if (expected.skippedFeatures().contains(feature) || NOT_HOSTED.containsKey(feature)) {
        return new Outcome.Skipped(feature);
      }
    }
    return host.run(path, source, about);
  }

  private Set<String> unexpected(Expectations expected, Set<String> named) {
    Set<String> paths = new TreeSet<>(of(Outcome.Failed.class));
    paths.addAll(of(Outcome.Ended.class));
    paths.removeAll(expected.knownFailures());
    paths.removeAll(named);
    return paths;
  }

  private Set<String> of(Class<? extends Outcome> kind) {
    return outcomes.entrySet().stream()
        .filter(entry -> kind.isInstance(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named() throws IOException {
    try (InputStream list = Test262Test.class.getResourceAsStream("named-failures.txt")) {
      return new String(requireNonNull(list).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 2)[0])
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void report(Duration duration) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    StringBuilder failures = new StringBuilder();
    outcomes.forEach(
        (path, outcome) -> {
          counts.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
          if (!(outcome instanceof Outcome.Passed) && !(outcome instanceof Outcome.Skipped)) {
            failures.append(path).append(": ").append(outcome).append('\n');
          }
        });
    Files.writeString(Path.of("target", "test262-failures.txt"), failures);
    System.out.printf("test262: %s of %d in %d s%n", counts, outcomes.size(), duration.toSeconds());
  }
}
