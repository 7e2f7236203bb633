package dev.runnel.bench.race;

import java.util.ArrayList;
import java.util.List;

/** Which processors a server and the client may use. */
public record Processors(boolean apart) {

  /** One for servers with one worker and one for the client, where there are two. */
  public static Processors forServers(int workers) {
    return new Processors(workers == 1 && Runtime.getRuntime().availableProcessors() > 1);
  }

  public static Processors shared() {
    return new Processors(false);
  }

  public List<String> server(List<String> command) {
    return on(0, command);
  }

  public List<String> client(List<String> command) {
    return on(1, command);
  }

  private List<String> on(int processor, List<String> command) {
    if (!apart) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
    pinned.addAll(command);
    return pinned;
  }

  @Override
  public String toString() {
    return apart
        ? "servers on processor 0, the client on processor 1"
        : "servers and the client share all processors";
  }
}
