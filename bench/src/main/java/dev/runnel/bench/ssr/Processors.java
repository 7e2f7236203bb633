package dev.runnel.bench.ssr;

import java.util.ArrayList;
import java.util.List;

/** Which processors a server and the client may use. */
record Processors(boolean apart) {

  static Processors of(Grid grid, int workers) {
    return new Processors(
        grid.pinned() && workers == 1 && Runtime.getRuntime().availableProcessors() > 1);
  }

  List<String> server(List<String> command) {
    return on(0, command);
  }

  List<String> client(List<String> command) {
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
