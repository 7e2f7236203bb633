package dev.runnel.bench.ssr;

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
record Contender(
    String name,
    String version,
    List<String> command,
    Map<String, String> environment,
    int processes,
    boolean suspends) {
  static final String PORT = "{port}";

  static Contender of(
      String name, String version, List<String> command, Map<String, String> environment) {
    return new Contender(name, version, command, environment, 1, true);
  }

  Contender withCommand(List<String> other) {
    return new Contender(name, version, other, environment, processes, suspends);
  }

  Contender withProcesses(int count) {
    return new Contender(name, version, command, environment, count, suspends);
  }

  Contender withoutSuspense() {
    return new Contender(name, version, command, environment, processes, false);
  }

  ProcessBuilder process(int port) {
    String number = Integer.toString(port);
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(word -> word.replace(PORT, number)).toList());
    Map<String, String> variables = new TreeMap<>(environment);
    variables.replaceAll((_, value) -> value.replace(PORT, number));
    builder.environment().putAll(variables);
    return builder;
  }
}
