package dev.runnel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * From the start of a process to the first byte that it streams: ours, ours without its caches, and
 * Node.
 */
final class ProcessStart {
  private static final int PORT = 8001;
  private static final int ROUNDS = 7;

  private final Path root;

  ProcessStart(Path root) {
    this.root = root;
  }

  private record Contender(
      String name, List<String> command, Map<String, String> environment, double[] times) {
    Contender(String name, List<String> command, Map<String, String> environment) {
      this(name, command, environment, new double[ROUNDS]);
    }

    double time() throws IOException, InterruptedException {
      try (ServerProcess server = ServerProcess.start(command, environment, PORT)) {
        return server.millisecondsToFirstByte();
      }
    }

    double median() {
      return DoubleStream.of(times).sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
    }

    double best() {
      return DoubleStream.of(times).min().orElseThrow();
    }
  }

  List<String> run() throws Exception {
    List<Contender> contenders = contenders();
    for (Contender contender : contenders) {
      // The first start may build what is missing, and writes its caches.
      var _ = contender.time();
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Contender contender : contenders) {
        contender.times()[round] = contender.time();
      }
    }
    for (Contender contender : contenders) {
      System.out.printf(
          "  %-28s median %6.0f ms, best %6.0f ms of %d%n",
          contender.name(), contender.median(), contender.best(), ROUNDS);
    }
    return List.of(
        "FIGURE process_start_to_first_byte_ms %.0f".formatted(contenders.getFirst().median()));
  }

  private List<Contender> contenders() throws IOException {
    Path example = root.resolve("examples/react-ssr-stream/dist/main.js");
    String program = EngineBench.required(example, "run ./dev build").toString();
    String runnel = EngineBench.required(root.resolve("runnel"), "").toString();
    List<String> run = List.of(runnel, "run", program);
    Map<String, String> noAot = Map.of("RUNNEL_AOT", "off");
    Map<String, String> noSnapshot = Map.of("RUNNEL_SNAPSHOTS", "off");
    Map<String, String> neither = Map.of("RUNNEL_AOT", "off", "RUNNEL_SNAPSHOTS", "off");
    return List.of(
        new Contender("runnel", run, Map.of()),
        new Contender("runnel without AOT cache", run, noAot),
        new Contender("runnel without app snapshot", run, noSnapshot),
        new Contender("runnel without either", run, neither),
        new Contender("node", List.of("node", program), Map.of()));
  }
}
