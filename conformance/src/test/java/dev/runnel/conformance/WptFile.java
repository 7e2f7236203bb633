package dev.runnel.conformance;

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
  private static final int SECONDS = 60;

  /**
   * How it went.
   *
   * @param complaints the subtests that did not pass, or why there are none
   */
  record Outcome(int passed, int total, List<String> complaints) {}

  static Optional<Path> suite() {
    return Optional.ofNullable(System.getenv("SUITES"))
        .map(folders -> Path.of(folders, "wpt", "root"))
        .filter(Files::isDirectory);
  }

  static List<WptFile> in(Path checkout, String folder) throws IOException {
    try (Stream<Path> files = Files.walk(checkout.resolve(folder))) {
      return files
          .map(file -> checkout.relativize(file).toString())
          .filter(path -> path.endsWith(".any.js"))
          .sorted()
          .flatMap(path -> variants(checkout, path).stream())
          .toList();
    }
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
    return run.out()
        .lines()
        .filter(line -> line.startsWith(MARK))
        .findFirst()
        .map(line -> outcome(JsonParser.parseString(line.substring(MARK.length()))))
        .orElseGet(() -> new Outcome(0, 0, List.of("no result: " + run.err().strip())));
  }

  private static Outcome outcome(JsonElement line) {
    JsonObject report = line.getAsJsonObject();
    JsonArray tests = report.getAsJsonArray("tests");
    List<String> complaints = new ArrayList<>();
    for (JsonElement test : tests) {
      List<JsonElement> row = test.getAsJsonArray().asList();
      if (!row.get(1).getAsString().equals("PASS")) {
        complaints.add(row.get(1) + " " + row.get(0) + " " + row.get(2));
      }
    }
    int passed = tests.size() - complaints.size();
    report.getAsJsonArray("stray").forEach(error -> complaints.add("stray: " + error));
    return new Outcome(passed, tests.size(), complaints);
  }
}
