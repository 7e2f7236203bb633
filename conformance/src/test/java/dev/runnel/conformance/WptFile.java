package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of the Web Platform Tests that needs no document.
 *
 * @param path below the checkout
 * @param variant the query that chooses some of its tests, or {@code ""}
 */
record WptFile(Path checkout, String path, String variant) {
  private static final Pattern VARIANT =
      Pattern.compile("^//\\s*META:\\s*variant=(.*)$", Pattern.MULTILINE);

  private static final String MARK = "@@WPT ";

  /** More than any file is given before it says itself what is missing. */
  private static final int SECONDS = 120;

  /** Where scripts for a window need nothing that a worker doesn't have. */
  private static final Pattern WINDOW =
      Pattern.compile("(url|encoding|mimesniff)/.*\\.window\\.js");

  private static final Pattern WORKER = Pattern.compile("(fetch/api|FileAPI)/.*\\.worker\\.js");

  /**
   * How it went.
   *
   * @param passed the names of the subtests that passed
   * @param complaints those that did not, or why there are none
   */
  record Outcome(List<String> passed, int total, List<String> complaints) {
    static Outcome none(String reason) {
      return new Outcome(List.of(), 0, List.of("no result: " + reason.strip()));
    }
  }

  static Optional<Path> suite() {
    return Optional.ofNullable(System.getenv("SUITES"))
        .map(folders -> Path.of(folders, "wpt", "root"))
        .filter(Files::isDirectory);
  }

  static List<WptFile> in(Path checkout, String folder) throws IOException {
    try (Stream<Path> files = Files.walk(checkout.resolve(folder))) {
      return files
          .map(file -> checkout.relativize(file).toString())
          .filter(WptFile::needsNoDocument)
          .sorted()
          .flatMap(path -> variants(checkout, path).stream())
          .toList();
    }
  }

  private static boolean needsNoDocument(String path) {
    return path.endsWith(".any.js")
        || WINDOW.matcher(path).matches()
        || WORKER.matcher(path).matches();
  }

  private static List<WptFile> variants(Path checkout, String path) {
    List<String> variants = new ArrayList<>();
    for (MatchResult variant :
        VARIANT.matcher(Project.read(checkout.resolve(path))).results().toList()) {
      variants.add(variant.group(1).strip());
    }
    return (variants.isEmpty() ? List.of("") : variants)
        .stream().map(variant -> new WptFile(checkout, path, variant)).toList();
  }

  String name() {
    return path + variant;
  }

  /** Runs it in an isolate of its own. */
  Outcome run() throws InterruptedException {
    WorkerOptions options =
        Project.OPTIONS
            .withDirectories(List.of(new DirectoryGrant("/wpt", checkout)))
            .withArguments(List.of(path, variant));
    ProgramRun run = ProgramRun.of(Project.CONFORMANCE.resolve("wpt/run.mjs"), options, SECONDS);
    return outcomeIn(run.out()).orElseGet(() -> Outcome.none(run.err()));
  }

  /** Runs it in a process of Node's. */
  Outcome runOnNode() throws IOException, InterruptedException {
    ProcessBuilder node =
        new ProcessBuilder(
                "node", Project.CONFORMANCE.resolve("wpt/run.mjs").toString(), path, variant)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    node.environment().put("WPT", checkout.toString());
    Process process = node.start();
    process.getOutputStream().close();
    try {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return outcomeIn(out).orElseGet(() -> Outcome.none(out));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Optional<Outcome> outcomeIn(String out) {
    return out.lines()
        .filter(line -> line.startsWith(MARK))
        .findFirst()
        .map(line -> outcome(JsonParser.parseString(line.substring(MARK.length()))));
  }

  private static Outcome outcome(JsonElement line) {
    JsonObject report = line.getAsJsonObject();
    JsonArray tests = report.getAsJsonArray("tests");
    List<String> passed = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (JsonElement test : tests) {
      List<JsonElement> row = test.getAsJsonArray().asList();
      if (row.get(1).getAsString().equals("PASS")) {
        passed.add(row.get(0).getAsString());
      } else {
        complaints.add(row.get(1) + " " + row.get(0) + " " + row.get(2));
      }
    }
    report.getAsJsonArray("stray").forEach(error -> complaints.add("stray: " + error));
    return new Outcome(passed, tests.size(), complaints);
  }
}
