package dev.runnel.bench.race;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How the turns of some servers under the same load are shown. */
public final class TurnTable {
  private TurnTable() {}

  public static void print(String title, Map<String, List<Turn>> turns) {
    System.out.printf("%n%s: median (lowest…highest)%n", title);
    System.out.printf(
        "  %-14s %-22s %-8s %-8s %-10s %-20s %s%n",
        "", "requests/s", "p50 ms", "p99 ms", "1st byte", "CPU ms/request", "PSS MB");
    turns.forEach(TurnTable::printServer);
  }

  private static void printServer(String name, List<Turn> all) {
    System.out.printf(
        "  %-14s %-22s %-8.1f %-8.1f %-10.1f %-20s %.0f%n",
        name,
        Series.of(all, Turn::perSecond).shown(0),
        median(all, turn -> turn.load().p50()),
        median(all, turn -> turn.load().p99()),
        median(all, turn -> turn.load().firstByte()),
        Series.of(all, Turn::cpuPerRequest).shown(3),
        median(all, Turn::megabytes));
  }

  private static double median(List<Turn> all, ToDoubleFunction<Turn> value) {
    return Series.of(all, value).median();
  }

  /** Of one to another, in requests a second and processor time of a request. */
  public static void printRatio(String our, List<Turn> ours, String their, List<Turn> theirs) {
    System.out.printf(
        "  %s / %-14s requests/s %s, CPU %s%n",
        our,
        their,
        Series.ratio(ours, theirs, Turn::perSecond).shown(2),
        Series.ratio(ours, theirs, Turn::cpuPerRequest).shown(2));
  }
}
