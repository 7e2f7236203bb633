package dev.runnel.bench.server;

import java.util.List;
import java.util.Set;

/**
 * What is measured, and how long.
 *
 * @param sections all when empty
 * @param streams how many are open at once
 * @param chunks of each, one a second
 */
record ServerPlan(
    Set<String> sections,
    int rounds,
    double seconds,
    double warmUpSeconds,
    int streams,
    int chunks,
    List<String> engines) {
  private static final Set<String> SECTIONS = Set.of("text", "streams");

  static ServerPlan of(List<String> options) {
    ServerPlan plan = new ServerPlan(Set.of(), 5, 2, 60, 10_000, 60, List.of("quickjs", "v8"));
    for (String option : options) {
      String[] parts = option.split("=", 2);
      plan = plan.with(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return plan;
  }

  boolean wants(String section) {
    return sections.isEmpty() || sections.contains(section);
  }

  private ServerPlan with(String option, String value) {
    return switch (option) {
      case "--rounds" ->
          new ServerPlan(
              sections, Integer.parseInt(value), seconds, warmUpSeconds, streams, chunks, engines);
      case "--seconds" ->
          new ServerPlan(
              sections, rounds, Double.parseDouble(value), warmUpSeconds, streams, chunks, engines);
      case "--warm-up" ->
          new ServerPlan(
              sections, rounds, seconds, Double.parseDouble(value), streams, chunks, engines);
      case "--streams" ->
          new ServerPlan(
              sections, rounds, seconds, warmUpSeconds, Integer.parseInt(value), chunks, engines);
      case "--chunks" ->
          new ServerPlan(
              sections, rounds, seconds, warmUpSeconds, streams, Integer.parseInt(value), engines);
      case "--engines" ->
          new ServerPlan(
              sections, rounds, seconds, warmUpSeconds, streams, chunks, List.of(value.split(",")));
      default -> withSection(option);
    };
  }

  private ServerPlan withSection(String name) {
    if (!SECTIONS.contains(name)) {
      throw new IllegalArgumentException(
          "There is neither an option nor a section \"%s\".".formatted(name));
    }
    return new ServerPlan(Set.of(name), rounds, seconds, warmUpSeconds, streams, chunks, engines);
  }
}
