package dev.runnel.bench.ssr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured, and how long.
 *
 * @param only names of contenders; all when empty
 * @param pinned one worker and the client get a processor each
 */
record Grid(
    List<Scenario> scenarios,
    int rounds,
    double seconds,
    double warmUpSeconds,
    Set<String> only,
    boolean pinned) {

  /** One kind of load on servers with that many workers. */
  record Scenario(int workers, int connections, Work work) {
    @Override
    public String toString() {
      return "%s, %d worker%s, %d connections"
          .formatted(work, workers, workers == 1 ? "" : "s", connections);
    }
  }

  /** What the figures are taken from. */
  static final Scenario PAGE = new Scenario(1, 16, Work.PAGE);

  static final Scenario TRIVIAL = new Scenario(1, 16, Work.HELLO);

  private static final List<Scenario> SHORT =
      List.of(
          PAGE,
          TRIVIAL,
          new Scenario(1, 16, Work.PAGE_DELAY_20),
          new Scenario(1, 64, Work.PAGE),
          new Scenario(2, 64, Work.PAGE));

  static final String OPTIONS =
      """
      Options:
        --full           every combination: 1 and 2 workers, 16, 64 and 256 connections,
                         all kinds of work
        --figures        only what the figures need
        --rounds=N       how often each server is measured in each (default 5)
        --seconds=S      how long each time (default 2)
        --warm-up=S      how long each server is warmed up with each work at most (default 60); it ends
                         before when twelve seconds have brought nothing
        --only=A,B       these servers
        --unpinned       all processors for everybody, with one worker too
      """;

  static Grid of(List<String> options) {
    Grid grid = new Grid(SHORT, 5, 2, 60, Set.of(), true);
    for (String option : options) {
      String[] parts = option.split("=", 2);
      grid = grid.with(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return grid;
  }

  private Grid with(String option, String value) {
    return switch (option) {
      case "--full" -> withScenarios(all());
      case "--figures" -> withScenarios(List.of(PAGE, TRIVIAL));
      case "--rounds" ->
          new Grid(scenarios, Integer.parseInt(value), seconds, warmUpSeconds, only, pinned);
      case "--seconds" ->
          new Grid(scenarios, rounds, Double.parseDouble(value), warmUpSeconds, only, pinned);
      case "--warm-up" ->
          new Grid(scenarios, rounds, seconds, Double.parseDouble(value), only, pinned);
      case "--only" ->
          new Grid(scenarios, rounds, seconds, warmUpSeconds, Set.of(value.split(",")), pinned);
      case "--unpinned" -> new Grid(scenarios, rounds, seconds, warmUpSeconds, only, false);
      default ->
          throw new IllegalArgumentException(
              "There is no option \"%s\".%n%s".formatted(option, OPTIONS));
    };
  }

  private Grid withScenarios(List<Scenario> chosen) {
    return new Grid(chosen, rounds, seconds, warmUpSeconds, only, pinned);
  }

  private static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (int workers : new int[] {1, 2}) {
      for (int connections : new int[] {16, 64, 256}) {
        Arrays.stream(Work.values())
            .forEach(work -> all.add(new Scenario(workers, connections, work)));
      }
    }
    return all;
  }

  List<Integer> workers() {
    return scenarios.stream().map(Scenario::workers).distinct().toList();
  }

  /** All kinds that will be measured. */
  List<Work> works() {
    return scenarios.stream().map(Scenario::work).distinct().toList();
  }

  List<Scenario> scenariosWith(int workers) {
    return scenarios.stream().filter(scenario -> scenario.workers() == workers).toList();
  }

  boolean wants(String contender) {
    return only.isEmpty() || only.contains(contender.toLowerCase(Locale.ROOT));
  }
}
