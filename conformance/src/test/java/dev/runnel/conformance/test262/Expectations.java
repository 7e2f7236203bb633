package dev.runnel.conformance.test262;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * QuickJS-ng's own word on test262: {@code test262.conf} names what it doesn't run, {@code
 * test262_errors.txt} what fails.
 */
record Expectations(Set<String> skippedFeatures, List<String> excluded, Set<String> knownFailures) {

  static Expectations readFrom(Path quickjs) throws IOException {
    Set<String> skipped = new HashSet<>();
    TreeMap<String, Boolean> excluded = new TreeMap<>();
    String section = "";
    for (String line : Files.readAllLines(quickjs.resolve("test262.conf"))) {
      String entry = line.replaceFirst("#.*", "").strip();
      if (entry.startsWith("[")) {
        section = entry;
      } else if (section.equals("[features]") && entry.endsWith("=skip")) {
        skipped.add(entry.replace("=skip", ""));
      } else if (section.equals("[exclude]") && !entry.isEmpty()) {
        excluded.put(entry.replaceFirst("^(!?)test262/", "$1"), true);
      }
    }
    return new Expectations(Set.copyOf(skipped), List.copyOf(excluded.keySet()), failures(quickjs));
  }

  private static Set<String> failures(Path quickjs) throws IOException {
    Set<String> paths = new TreeSet<>();
    for (String line : Files.readAllLines(quickjs.resolve("test262_errors.txt"))) {
      paths.add(line.replaceFirst(":\\d+:.*", "").replaceFirst("^test262/", ""));
    }
    return paths;
  }

  /**
   * The longest entry that matches decides; one that starts with {@code !} takes the path back in.
   */
  boolean excludes(String path) {
    String longest = "";
    for (String entry : excluded) {
      String prefix = entry.replaceFirst("^!", "");
      if (path.startsWith(prefix) && prefix.length() > longest.replaceFirst("^!", "").length()) {
        longest = entry;
      }
    }
    return !longest.isEmpty() && !longest.startsWith("!");
  }
}
