package dev.runnel.conformance;

import dev.runnel.conformance.WptFile.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What passes of each area of the Web Platform Tests, beside Node in the same run. Some subtests
 * need a server, a document or what no runtime has: those that one of the two passes can be had.
 */
final class WptTable {
  private final SortedMap<String, Outcome> ours = new TreeMap<>();
  private final SortedMap<String, Outcome> nodes = new TreeMap<>();
  private final Optional<String> node = nodeVersion();

  private static Optional<String> nodeVersion() {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      return Optional.ofNullable(node.inputReader().readLine());
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  void run(WptFile file) throws IOException, InterruptedException {
    ours.put(file.name(), file.run());
    if (node.isPresent()) {
      nodes.put(file.name(), file.runOnNode());
    }
  }

  /** By file. */
  SortedMap<String, Outcome> ours() {
    return ours;
  }

  void print() {
    System.out.printf(
        "wpt: %-30s %5s %9s %11s %7s %8s %8s%n",
        "passed of what is reported",
        "files",
        "reported",
        "attainable",
        "wanted",
        Project.ENGINE,
        node.orElse("no node"));
    WptArea.ALL.forEach(this::printArea);
  }

  private void printArea(WptArea area) {
    List<Outcome> outcomes =
        ours.entrySet().stream()
            .filter(run -> area.has(run.getKey()))
            .map(SortedMap.Entry::getValue)
            .toList();
    if (outcomes.isEmpty()) {
      return;
    }
    Set<String> attainable = passed(ours, area);
    int ofOurs = attainable.size();
    Set<String> ofNode = passed(nodes, area);
    attainable.addAll(ofNode);
    System.out.printf(
        "wpt: %-30s %5d %9d %11d %7s %8d %8d%n",
        area.name(),
        outcomes.size(),
        outcomes.stream().mapToInt(Outcome::total).sum(),
        attainable.size(),
        area.wanted() == 0 ? "" : area.wanted(),
        ofOurs,
        ofNode.size());
  }

  /** Files and names of the subtests that passed. */
  private static Set<String> passed(SortedMap<String, Outcome> outcomes, WptArea area) {
    Set<String> passed = new HashSet<>();
    outcomes.forEach(
        (file, outcome) -> {
          if (area.has(file)) {
            outcome.passed().forEach(name -> passed.add(file + " " + name));
          }
        });
    return passed;
  }
}
