package dev.runnel.bench.ssr;

import dev.runnel.bench.ssr.Grid.Scenario;
import dev.runnel.bench.ssr.Race.Turn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One scenario's turns of all servers, and how they are shown. */
record Results(Scenario scenario, Map<String, List<Turn>> turns) {

  static double perSecond(Turn turn) {
    return turn.load().perSecond();
  }

  void print() {
    System.out.printf("%n%s: median (lowest…highest)%n", scenario);
    System.out.printf(
        "  %-14s %-22s %-8s %-8s %-10s %-20s %s%n",
        "", "requests/s", "p50 ms", "p99 ms", "1st byte", "CPU ms/request", "PSS MB");
    turns.forEach(this::printServer);
    List<Turn> ours = turns.get(Contenders.V8);
    if (ours != null) {
      turns.forEach((name, theirs) -> printRatio(name, ours, theirs));
    }
  }

  private void printServer(String name, List<Turn> all) {
    System.out.printf(
        "  %-14s %-22s %-8.1f %-8.1f %-10.1f %-20s %.0f%n",
        name,
        Series.of(all, Results::perSecond).shown(0),
        median(all, turn -> turn.load().p50()),
        median(all, turn -> turn.load().p99()),
        median(all, turn -> turn.load().firstByte()),
        Series.of(all, Turn::cpuPerRequest).shown(3),
        median(all, Turn::megabytes));
  }

  private static double median(List<Turn> all, ToDoubleFunction<Turn> value) {
    return Series.of(all, value).median();
  }

  private void printRatio(String name, List<Turn> ours, List<Turn> theirs) {
    if (ours != theirs) {
      System.out.printf(
          "  v8 / %-14s requests/s %s, CPU %s%n",
          name,
          Series.ratio(ours, theirs, Results::perSecond).shown(2),
          Series.ratio(ours, theirs, Turn::cpuPerRequest).shown(2));
    }
  }

  /** The median of our turns over theirs, round by round. */
  double ratio(String ours, String theirs, ToDoubleFunction<Turn> value) throws IOException {
    return Series.ratio(turnsOf(ours), turnsOf(theirs), value).median();
  }

  private List<Turn> turnsOf(String name) throws IOException {
    List<Turn> all = turns.get(name);
    if (all == null) {
      throw new IOException("A figure needs the server %s, which is missing.".formatted(name));
    }
    return all;
  }
}
