package dev.runnel.bench.web;

import dev.runnel.bench.Machine;
import dev.runnel.bench.load.Load;
import dev.runnel.bench.load.LoadProcess;
import dev.runnel.bench.load.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code return fetch(origin)} on both engines, with an isolate for each processor, beside Jetty's
 * reverse proxy, before the same origin: small bodies by requests per second, large ones by the
 * time each takes.
 */
final class Passthrough {
  private static final int ROUNDS = 3;
  private static final int SMALL_BYTES = 10_000;
  private static final int LARGE_BYTES = 100_000_000;
  private static final int SMALL_CONNECTIONS = 16;
  private static final double WARM_UP_SECONDS = 40;
  private static final double LARGE_WARM_UP_SECONDS = 4;
  private static final double ROUND_SECONDS = 4;

  /** One that passes requests on, and what each round showed of it. */
  private record Proxy(String name, int port, List<Double> perSecond, List<Double> largeMillis) {
    static Proxy named(String name) throws IOException {
      return new Proxy(name, Processes.freePort(), new ArrayList<>(), new ArrayList<>());
    }

    void measure(LoadProcess client) throws IOException {
      Load small = client.run(port, SMALL_CONNECTIONS, ROUND_SECONDS, "/" + SMALL_BYTES);
      Load large = client.run(port, 1, ROUND_SECONDS, "/" + LARGE_BYTES);
      if (small.bodyBytes() != SMALL_BYTES || large.bodyBytes() != LARGE_BYTES) {
        throw new IOException(name + " passes on bodies of another length.");
      }
      perSecond.add(small.perSecond());
      largeMillis.add(large.p50());
    }

    void warmUp(LoadProcess client) throws IOException {
      WarmUp.run(client, port, "/" + SMALL_BYTES, WARM_UP_SECONDS);
      client.run(port, 1, LARGE_WARM_UP_SECONDS, "/" + LARGE_BYTES);
    }

    double small() {
      return median(perSecond);
    }

    double large() {
      return LARGE_BYTES / 1e3 / median(largeMillis);
    }
  }

  private final Path root;
  private final Proxy jetty = Proxy.named("jetty-proxy");
  private final Proxy quickjs = Proxy.named("runnel-quickjs");
  private final Proxy v8 = Proxy.named("runnel-v8");
  private final List<Proxy> proxies = List.of(jetty, quickjs, v8);

  Passthrough(Path root) throws IOException {
    this.root = root;
  }

  List<String> run() throws IOException, InterruptedException {
    try (Processes processes = new Processes();
        LoadProcess client = LoadProcess.start(Machine.java())) {
      int origin = Processes.freePort();
      processes.start(java(OriginServer.class, origin), origin);
      processes.start(java(JettyProxy.class, jetty.port(), origin), jetty.port());
      processes.start(runnel("quickjs", quickjs.port(), origin), quickjs.port());
      processes.start(runnel("v8", v8.port(), origin), v8.port());
      for (Proxy proxy : proxies) {
        proxy.warmUp(client);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Proxy proxy : proxies) {
          proxy.measure(client);
        }
      }
    }
    return report();
  }

  private List<String> runnel(String engine, int port, int origin) {
    return List.of(
        root.resolve("runnel").toString(),
        "run",
        "--engine",
        engine,
        "--isolates",
        Integer.toString(Runtime.getRuntime().availableProcessors()),
        "--listen",
        "127.0.0.1:" + port,
        "--env",
        "ORIGIN=http://127.0.0.1:" + origin,
        root.resolve("bench/src/main/js/web/passthrough.mjs").toString());
  }

  private static List<String> java(Class<?> main, int... ports) {
    List<String> command = new ArrayList<>(Machine.java());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (int port : ports) {
      command.add(Integer.toString(port));
    }
    return command;
  }

  private List<String> report() {
    System.out.printf("  %-16s %16s %16s%n", "median of " + ROUNDS, "10 KB, req/s", "100 MB, MB/s");
    for (Proxy proxy : proxies) {
      System.out.printf("  %-16s %16.0f %16.0f%n", proxy.name(), proxy.small(), proxy.large());
    }
    double small = quickjs.small() / jetty.small();
    double large = quickjs.large() / jetty.large();
    return List.of(
        "FIGURE passthrough_vs_jetty_proxy %.2f".formatted(Math.min(small, large)),
        "FIGURE passthrough_small_vs_jetty_proxy %.2f".formatted(small),
        "FIGURE passthrough_large_vs_jetty_proxy %.2f".formatted(large),
        "FIGURE v8_passthrough_small_vs_jetty_proxy %.2f".formatted(v8.small() / jetty.small()),
        "FIGURE v8_passthrough_large_vs_jetty_proxy %.2f".formatted(v8.large() / jetty.large()));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
