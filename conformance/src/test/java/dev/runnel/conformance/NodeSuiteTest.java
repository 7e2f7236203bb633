package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.engine.Limits;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Node's own tests, {@code test/parallel} of a checkout at {@code $SUITES/node_test}, each run as a
 * program. {@code node-suite/node.txt} names those that pass on Node 20 by the same rule, an exit
 * code of 0 without flags; {@code node-suite/passes-ENGINE.txt} those of them that pass here. With
 * {@code -Dnode-suite.write=FILE} the names that pass are written to that file, with {@code
 * -Dnode-suite.only=REGEX} only files run in whose name the expression is found.
 */
@Tag("long")
class NodeSuiteTest {
  private static final Path LISTS = Project.CONFORMANCE.resolve("node-suite");
  private static final int SECONDS = 60;
  private static final int AT_ONCE = 2;

  /** Some tests make strings and buffers as long as they may be: as much as an isolate may have. */
  private static final long MEMORY_BYTES = 2047L << 20;

  /** Node's is 984 KB, and some tests recurse accordingly. */
  private static final int STACK_BYTES = 640 << 10;

  /** What a file's name begins with, after {@code test-}, in the order in which they are tried. */
  private static final List<String> MODULES =
      List.of(
          "path",
          "querystring",
          "string-decoder",
          "event",
          "url",
          "util",
          "buffer",
          "async-local-storage",
          "stream",
          "whatwg",
          "webstream",
          "next-tick",
          "assert",
          "diagnostics-channel",
          "dns",
          "fs",
          "https",
          "http2",
          "http",
          "net",
          "readline",
          "timers",
          "tls",
          "zlib");

  private enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  private record Result(String name, Outcome outcome) {}

  @Test
  void whatPassesOnceGoesOnPassing() throws Exception {
    Path suite = suite();
    Predicate<String> isWanted =
        Pattern.compile(System.getProperty("node-suite.only", "")).asPredicate();
    List<String> names = named("node.txt", isWanted);
    List<Result> results = runAll(suite, names);
    print(results);
    Set<String> passed = new TreeSet<>();
    results.stream()
        .filter(result -> result.outcome() == Outcome.PASSED)
        .forEach(result -> passed.add(result.name()));
    String target = System.getProperty("node-suite.write", "");
    if (!target.isEmpty()) {
      Files.write(Path.of(target), passed);
    }
    assertThat(passed).containsAll(named("passes-" + Project.ENGINE + ".txt", isWanted));
  }

  private static List<String> named(String list, Predicate<String> isWanted) throws IOException {
    return Files.readAllLines(LISTS.resolve(list)).stream().filter(isWanted).toList();
  }

  private static Path suite() {
    String suites = System.getenv().getOrDefault("SUITES", "");
    assumeTrue(!suites.isEmpty(), "SUITES names no folder with node_test");
    Path suite = Path.of(suites, "node_test", "test");
    assumeTrue(Files.isDirectory(suite.resolve("parallel")), suite + " has no parallel");
    return suite;
  }

  private static List<Result> runAll(Path suite, List<String> names) throws Exception {
    List<Result> results = new ArrayList<>();
    try (var network = new JettyNetwork();
        var fetcher = new JettyFetcher(Egress.EVERYTHING);
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      Limits usual = Project.OPTIONS.limits();
      WorkerOptions options =
          Project.OPTIONS
              .withLimits(new Limits(MEMORY_BYTES, STACK_BYTES, usual.mailboxBytes()))
              .withDirectories(List.of(new DirectoryGrant(suite.toString(), suite)))
              .withNetwork(network)
              .withFetcher(fetcher)
              .withSockets(
                  NetAccess.NONE
                      .withEgress(Egress.EVERYTHING)
                      .withListening(NetAccess.Listening.ALLOWED));
      List<Callable<Result>> runs = new ArrayList<>();
      for (String name : names) {
        runs.add(() -> run(suite, name, options));
      }
      for (Future<Result> result : threads.invokeAll(runs)) {
        results.add(result.get());
      }
    }
    return results;
  }

  /** Each has a folder for its temporary files, which it removes itself. */
  private static Result run(Path suite, String name, WorkerOptions options)
      throws InterruptedException, IOException {
    Path file = suite.resolve("parallel").resolve(name);
    if (!Files.exists(file)) {
      return new Result(name, Outcome.SKIPPED);
    }
    String id = Integer.toString(Math.abs(name.hashCode()));
    ProgramRun run = ProgramRun.of(file, options.withEnvironment(environment(id)), SECONDS);
    if (run.out().contains("1..0 # Skipped")) {
      return new Result(name, Outcome.SKIPPED);
    }
    if (run.exit() != 0) {
      System.out.printf("failed %s: %s%n", name, firstLines(run.err()));
    }
    return new Result(name, run.exit() == 0 ? Outcome.PASSED : Outcome.FAILED);
  }

  /** Without the look for globals that Node doesn't have: the Web's are there. */
  private static Map<String, String> environment(String id) {
    return Map.of(
        "TEST_THREAD_ID",
        id,
        "TEST_SERIAL_ID",
        id,
        "NODE_SKIP_FLAG_CHECK",
        "1",
        "NODE_TEST_KNOWN_GLOBALS",
        "0");
  }

  private static String firstLines(String text) {
    return String.join(" | ", text.lines().limit(3).toList());
  }

  private static void print(List<Result> results) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Result result : results) {
      counts
          .computeIfAbsent(moduleOf(result.name()), _ -> new int[Outcome.values().length])[
          result.outcome().ordinal()]++;
    }
    System.out.printf("node-suite on %s%n", Project.ENGINE);
    counts.forEach(
        (module, count) ->
            System.out.printf(
                "%-20s passed %4d, failed %4d, skipped %4d%n",
                module, count[0], count[1], count[2]));
  }

  private static String moduleOf(String name) {
    return MODULES.stream()
        .filter(module -> name.startsWith("test-" + module))
        .findFirst()
        .orElse("others");
  }
}
