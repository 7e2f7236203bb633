package dev.runnel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a server with one app takes that has answered and is idle, on a JVM that believes it has 256
 * MB, as in a container of that size; and what each further isolate adds.
 */
final class ServerMemory {
  private static final int PORT = 8001;
  private static final int MORE_ISOLATES = 4;
  private static final int ROUNDS = 3;
  private static final Map<String, String> CONTAINER =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=256m -XX:+UseSerialGC");

  private final Path root;

  ServerMemory(Path root) {
    this.root = root;
  }

  private record Use(double resident, double shared, double peak) {}

  List<String> run() throws Exception {
    Use one = median(1);
    Use more = median(1 + MORE_ISOLATES);
    double each = (more.resident() - one.resident()) / MORE_ISOLATES;
    System.out.printf(
        "  one isolate, idle: RSS %.0f MB, PSS %.0f MB, peak %.0f MB%n",
        one.resident(), one.shared(), one.peak());
    System.out.printf(
        "  %d isolates, idle: RSS %.0f MB, peak %.0f MB; each further isolate %.1f MB%n",
        1 + MORE_ISOLATES, more.resident(), more.peak(), each);
    return List.of(
        "FIGURE server_rss_mb %.0f".formatted(one.resident()),
        "FIGURE further_isolate_mb %.1f".formatted(each));
  }

  /** The middle one of some measurements: a JVM's heap isn't touched alike each time. */
  private Use median(int isolates) throws IOException, InterruptedException {
    List<Use> all = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      all.add(measure(isolates));
    }
    all.sort(Comparator.comparingDouble(Use::resident));
    return all.get(ROUNDS / 2);
  }

  private Use measure(int isolates) throws IOException, InterruptedException {
    Path program = root.resolve("examples/react-ssr-stream/dist/main.js");
    List<String> command =
        List.of(
            root.resolve("runnel").toString(),
            "run",
            "--isolates",
            String.valueOf(isolates),
            program.toString());
    try (ServerProcess server = ServerProcess.start(command, CONTAINER, PORT)) {
      server.millisecondsToFirstByte();
      for (int i = 0; i < isolates; i++) {
        server.request();
      }
      TimeUnit.SECONDS.sleep(2);
      return new Use(
          server.megabytes("status", "VmRSS"),
          server.megabytes("smaps_rollup", "Pss"),
          server.megabytes("status", "VmHWM"));
    }
  }
}
