package dev.runnel.bench.web;

import dev.runnel.bench.race.Installed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same program in each runtime, in turns; each operation by its median. */
final class Operations {
  private static final int ROUNDS = 3;
  private static final String NODE = "node";
  private static final String QUICKJS = "runnel-quickjs";
  private static final String V8 = "runnel-v8";

  /** The operations of which a ratio is promised. */
  private static final List<String> PROMISED =
      List.of("text_encode", "sha256", "gzip", "transform_pipe");

  private final Map<String, List<String>> commands = new LinkedHashMap<>();

  private record Cell(String operation, String runtime) {}

  /** Milliseconds of each round. */
  private final Map<Cell, List<Double>> times = new LinkedHashMap<>();

  /** Operation → what it returns wherever it does the same. */
  private final Map<String, String> checks = new LinkedHashMap<>();

  Operations(Path root, Path peers) throws IOException, InterruptedException {
    String program = root.resolve("bench/src/main/js/web/operations.mjs").toString();
    String runnel = root.resolve("runnel").toString();
    commands.put(QUICKJS, List.of(runnel, "run", "--memory", "512m", program));
    commands.put(V8, List.of(runnel, "run", "--memory", "512m", "--engine", "v8", program));
    addPeer(NODE, List.of(installed(peers, "node"), program));
    addPeer("bun", List.of(installed(peers, "bun"), program));
    addPeer("deno", List.of(installed(peers, "deno"), "run", "--quiet", program));
  }

  private static String installed(Path peers, String name) {
    return peers.resolve("node_modules/.bin").resolve(name).toString();
  }

  private void addPeer(String name, List<String> command) throws InterruptedException {
    Optional<String> version = Installed.version(command.getFirst());
    if (version.isPresent()) {
      System.out.printf("  %-14s %s%n", name, version.get());
      commands.put(name, command);
    } else {
      System.out.printf("  %-14s could not be installed or started%n", name);
    }
  }

  List<String> run() throws IOException, InterruptedException {
    if (!commands.containsKey(NODE)) {
      throw new IOException("The figures need Node, which could not be started.");
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (String runtime : commands.keySet()) {
        runOnce(runtime);
      }
    }
    printTable();
    List<String> figures = new ArrayList<>();
    for (String operation : PROMISED) {
      figures.add("FIGURE %s_vs_node %.2f".formatted(operation, ratio(operation, QUICKJS)));
      figures.add("FIGURE v8_%s_vs_node %.2f".formatted(operation, ratio(operation, V8)));
    }
    return figures;
  }

  private void runOnce(String runtime) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(commands.get(runtime))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    for (String line : process.inputReader().readAllLines()) {
      String[] words = line.split(" ");
      if (words[0].equals("RESULT")) {
        note(runtime, words[1], Double.parseDouble(words[2]), words[3]);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(runtime + " failed.");
    }
  }

  private void note(String runtime, String operation, double milliseconds, String check)
      throws IOException {
    String expected = checks.computeIfAbsent(operation, _ -> check);
    if (!expected.equals(check)) {
      throw new IOException(
          "%s of %s returns %s, not %s.".formatted(operation, runtime, check, expected));
    }
    times.computeIfAbsent(new Cell(operation, runtime), _ -> new ArrayList<>()).add(milliseconds);
  }

  private double median(String operation, String runtime) {
    List<Double> all = times.getOrDefault(new Cell(operation, runtime), List.of());
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  /** How many times Node's time. */
  private double ratio(String operation, String runtime) {
    return median(operation, runtime) / median(operation, NODE);
  }

  private void printTable() {
    System.out.printf("  milliseconds, median of %d rounds (times Node's)%n", ROUNDS);
    System.out.printf("  %-16s", "");
    commands.keySet().forEach(runtime -> System.out.printf(" %20s", runtime));
    System.out.println();
    for (String operation : checks.keySet()) {
      System.out.printf("  %-16s", operation);
      for (String runtime : commands.keySet()) {
        System.out.printf(" %11.1f (%6.2f)", median(operation, runtime), ratio(operation, runtime));
      }
      System.out.println();
    }
  }
}
