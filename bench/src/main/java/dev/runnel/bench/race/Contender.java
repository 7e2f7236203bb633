package dev.runnel.bench.race;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server that can be started.
 *
 * @param command with {@link #PORT} where its port goes
 * @param environment the same
 * @param processes how many are started for one port, which they share
 * @param suspends false for one that can't wait for a part of the page
 */
public record Contender(
    String name,
    String version,
    List<String> command,
    Map<String, String> environment,
    int processes,
    boolean suspends) {
  public static final String PORT = "{port}";

  public static Contender of(
      String name, String version, List<String> command, Map<String, String> environment) {
    return new Contender(name, version, command, environment, 1, true);
  }

  public Contender withCommand(List<String> other) {
    return new Contender(name, version, other, environment, processes, suspends);
  }

  public Contender withProcesses(int count) {
    return new Contender(name, version, command, environment, count, suspends);
  }

  public Contender withoutSuspense() {
    return new Contender(name, version, command, environment, processes, false);
  }

  public ProcessBuilder process(int port) {
    String number = Integer.toString(port);
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(word -> word.replace(PORT, number)).toList());
    Map<String, String> variables = new TreeMap<>(environment);
    variables.replaceAll((_, value) -> value.replace(PORT, number));
    builder.environment().putAll(variables);
    return builder;
  }
}
