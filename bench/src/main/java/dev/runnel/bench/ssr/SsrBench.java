package dev.runnel.bench.ssr;

import static dev.runnel.bench.ssr.Contenders.NODE_20;
import static dev.runnel.bench.ssr.Contenders.NODE_LATEST;
import static dev.runnel.bench.ssr.Contenders.QUICKJS;
import static dev.runnel.bench.ssr.Contenders.V8;

import dev.runnel.bench.Machine;
import dev.runnel.bench.load.LoadProcess;
import dev.runnel.bench.race.Contender;
import dev.runnel.bench.race.Processors;
import dev.runnel.bench.race.Turn;
import dev.runnel.bench.ssr.Grid.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * {@code ./dev bench ssr}: Runnel on each engine beside Node, Bun, Deno and GraalJS, all streaming
 * the same React page with a fresh random prop for each request. Usage: java … SsrBench ROOT PEERS
 * [OPTION…]
 */
public final class SsrBench {
  private final Path root;
  private final Path peers;
  private final Grid grid;
  private final Map<Scenario, Results> results = new HashMap<>();

  private SsrBench(Path root, Path peers, Grid grid) {
    this.root = root;
    this.peers = peers;
    this.grid = grid;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 2 || List.of(args).contains("--help")) {
      System.err.print("Usage: ./dev bench ssr [OPTIONS]\n" + Grid.OPTIONS);
      System.exit(2);
    }
    List<String> options = List.of(args).subList(2, args.length);
    try {
      new SsrBench(Path.of(args[0]), Path.of(args[1]), grid(options)).run();
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Grid grid(List<String> options) {
    try {
      return Grid.of(options);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  private void run() throws IOException, InterruptedException {
    Machine.describe();
    for (int workers : grid.workers()) {
      race(workers);
    }
    System.out.println();
    figure("v8_vs_node_latest_rps", Grid.PAGE, V8, NODE_LATEST, Turn::perSecond);
    figure("v8_vs_node_latest_cpu", Grid.PAGE, V8, NODE_LATEST, Turn::cpuPerRequest);
    figure("v8_vs_node20_rps", Grid.PAGE, V8, NODE_20, Turn::perSecond);
    figure("quickjs_vs_node_latest_rps", Grid.PAGE, QUICKJS, NODE_LATEST, Turn::perSecond);
    figure("v8_vs_node_trivial", Grid.TRIVIAL, V8, NODE_LATEST, Turn::perSecond);
  }

  private void race(int workers) throws IOException, InterruptedException {
    Processors processors = grid.pinned() ? Processors.forServers(workers) : Processors.shared();
    Contenders found = Contenders.find(root, peers, workers);
    List<Contender> contenders =
        found.present().stream().filter(one -> grid.wants(one.name())).toList();
    introduce(workers, processors, contenders, found.missing());
    try (LoadProcess client = LoadProcess.start(processors.client(Machine.java()));
        Race race = Race.start(pinned(contenders, processors), grid, client, logs())) {
      race.compareBytes();
      System.out.println("  all answers have the same bytes");
      race.warmUp();
      for (Scenario scenario : grid.scenariosWith(workers)) {
        Results result = new Results(scenario, race.run(scenario));
        results.put(scenario, result);
        result.print();
      }
    }
  }

  private void introduce(
      int workers, Processors processors, List<Contender> contenders, List<String> missing) {
    System.out.printf("%n%d worker%s: %s%n", workers, workers == 1 ? "" : "s", processors);
    contenders.forEach(one -> System.out.printf("  %-14s %s%n", one.name(), one.version()));
    missing.forEach(one -> System.out.printf("  not measured: %s%n", one));
  }

  private static List<Contender> pinned(List<Contender> contenders, Processors processors) {
    return contenders.stream()
        .map(one -> one.withCommand(processors.server(one.command())))
        .toList();
  }

  /** What the servers print, which is wanted only when one of them ends. */
  private Path logs() throws IOException {
    return Files.createDirectories(root.resolve("bench/target/ssr/logs"));
  }

  /** Every scenario of the grid that a figure needs has been run; so must its servers have. */
  private void figure(
      String name, Scenario scenario, String ours, String theirs, ToDoubleFunction<Turn> value)
      throws IOException {
    Results result = results.get(scenario);
    if (result != null) {
      System.out.printf("FIGURE %s %.3f%n", name, result.ratio(ours, theirs, value));
    }
  }
}
