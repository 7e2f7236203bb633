package dev.runnel.bench.server;

import dev.runnel.bench.race.Contender;
import dev.runnel.bench.race.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Streams that are open at once, each with a chunk a second: how many are lost, and the memory. */
final class OpenStreams {
  private static final int PORT = 8131;

  private final Path root;
  private final ServerPlan plan;

  OpenStreams(Path root, ServerPlan plan) {
    this.root = root;
    this.plan = plan;
  }

  List<String> run() throws IOException, InterruptedException {
    System.out.printf(
        "%nstreams: %d at once, %d chunks of each, one a second; as many isolates as processors%n",
        plan.streams(), plan.chunks());
    List<String> figures = new ArrayList<>();
    for (String engine : plan.engines()) {
      figures.addAll(run(engine));
    }
    return figures;
  }

  private List<String> run(String engine) throws IOException, InterruptedException {
    Path logs = Files.createDirectories(root.resolve("bench/target/server/logs"));
    try (RunningServer server = RunningServer.start(contender(engine), PORT, "/?chunks=1", logs)) {
      double idle = server.proportionalMegabytes();
      double most = idle;
      String[] seen;
      try (ClientProcess client =
          ClientProcess.start(StreamClient.class, PORT, plan.streams(), plan.chunks())) {
        while (client.isRunning()) {
          most = Math.max(most, server.proportionalMegabytes());
          TimeUnit.SECONDS.sleep(1);
        }
        seen = client.said();
      }
      System.out.printf(
          "  %-8s %s open at once, %s lost; between two chunks 99 %% at most %s ms, all %s ms;"
              + " PSS %.0f MB (before %.0f, %.1f KB a stream), CPU %.0f s%n",
          engine,
          seen[0],
          seen[1],
          seen[2],
          seen[3],
          most,
          idle,
          (most - idle) * 1024 / plan.streams(),
          server.cpuMillis() / 1000);
      String name = engine.equals("quickjs") ? "" : engine + "_";
      return List.of(
          "FIGURE %sopen_streams %s".formatted(name, seen[0]),
          "FIGURE %slost_streams %s".formatted(name, seen[1]));
    }
  }

  private Contender contender(String engine) {
    List<String> command =
        List.of(
            root.resolve("runnel").toString(),
            "run",
            "--engine=" + engine,
            "--isolates=" + Runtime.getRuntime().availableProcessors(),
            "--memory=512m",
            "--listen=127.0.0.1:" + Contender.PORT,
            root.resolve("bench/src/main/js/server/streams.mjs").toString());
    return Contender.of(engine, "", command, Map.of());
  }
}
