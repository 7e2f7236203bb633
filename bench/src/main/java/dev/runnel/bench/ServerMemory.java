package dev.runnel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a server with one app takes in a container of 256 MB, once each of its isolates has answered
 * (they take turns) and garbage is collected; and what each further isolate adds.
 */
final class ServerMemory {
  private static final int INNER_PORT = 8001;
  private static final int CONTAINER_MEGABYTES = 256;
  private static final int ROUNDS = 3;
  private static final List<Integer> ISOLATES = List.of(1, 2, 5, 10);

  /** As many whatever the number of isolates: they warm up the JVM, which takes memory too. */
  private static final int REQUESTS = 60;

  private final Path root;

  ServerMemory(Path root) {
    this.root = root;
  }

  /** In MB; the proportional size counts pages that processes share by halves, thirds and so on. */
  private record Use(int isolates, double resident, double proportional, double peak) {}

  List<String> run() throws Exception {
    List<Use> uses = new ArrayList<>();
    try (Container container = Container.of(CONTAINER_MEGABYTES)) {
      System.out.printf("  react-ssr-stream %s%n", container.description());
      for (int isolates : ISOLATES) {
        Use use = median(container, isolates);
        System.out.printf(
            "  %2d isolates, idle: RSS %.1f MB, PSS %.1f MB, peak RSS %.1f MB%n",
            isolates, use.resident(), use.proportional(), use.peak());
        uses.add(use);
      }
    }
    return List.of(
        "FIGURE server_rss_mb %.0f".formatted(uses.getFirst().resident()),
        "FIGURE further_isolate_mb %.1f".formatted(slope(uses)));
  }

  /** The middle one of some measurements: a JVM's heap isn't touched alike each time. */
  private Use median(Container container, int isolates) throws IOException, InterruptedException {
    List<Use> all = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      all.add(measure(container, isolates));
    }
    all.sort(Comparator.comparingDouble(Use::proportional));
    return all.get(ROUNDS / 2);
  }

  private Use measure(Container container, int isolates) throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            root.resolve("runnel").toString(),
            "run",
            "--isolates",
            String.valueOf(isolates),
            "-p",
            port + ":" + INNER_PORT,
            root.resolve("examples/react-ssr-stream/dist/main.js").toString());
    try (ServerProcess server =
        ServerProcess.start(container.command(command), container.environment(), port)) {
      server.millisecondsToFirstByte();
      server.requests(REQUESTS);
      server.settle();
      container.checkRoom();
      return new Use(
          isolates,
          server.megabytes("status", "VmRSS"),
          server.megabytes("smaps_rollup", "Pss"),
          server.megabytes("status", "VmHWM"));
    }
  }

  /** By least squares. */
  private static double slope(List<Use> uses) {
    double meanIsolates = uses.stream().mapToInt(Use::isolates).average().orElseThrow();
    double meanSize = uses.stream().mapToDouble(Use::proportional).average().orElseThrow();
    double covariance =
        uses.stream()
            .mapToDouble(use -> (use.isolates() - meanIsolates) * (use.proportional() - meanSize))
            .sum();
    double variance =
        IntStream.range(0, uses.size())
            .mapToDouble(i -> Math.pow(uses.get(i).isolates() - meanIsolates, 2))
            .sum();
    return covariance / variance;
  }
}
