package dev.runnel.bench.server;

import dev.runnel.bench.Machine;
import dev.runnel.bench.race.Contender;
import dev.runnel.bench.race.RunningServer;
import dev.runnel.bench.race.Series;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * {@code ./dev soak}: one server at 70 % of what it can answer, with clients that leave and
 * requests that fail, and what its memory does meanwhile. Usage: java … Soak ROOT [OPTION…]
 */
public final class Soak {
  private static final int PORT = 8141;
  private static final int ADMIN_PORT = 8142;
  private static final double LOAD = 0.7;
  private static final int SAMPLES = 30;

  /** The part of the samples in which the server still warms up, and that at either end. */
  private static final int PART = SAMPLES / 5;

  private static final double WARM_UP_SECONDS = 20;
  private static final double CAPACITY_SECONDS = 10;

  /** How long, on which engine, and what failing requests do. */
  private record Plan(double seconds, String engine, String crash) {
    static Plan of(List<String> options) {
      Plan plan = new Plan(600, "quickjs", "throw");
      for (String option : options) {
        String[] parts = option.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        plan =
            switch (parts[0]) {
              case "--seconds" -> new Plan(Double.parseDouble(value), plan.engine, plan.crash);
              case "--engine" -> new Plan(plan.seconds, value, plan.crash);
              case "--crash" -> new Plan(plan.seconds, plan.engine, value);
              default ->
                  throw new IllegalArgumentException(
                      "There is no option \"%s\".".formatted(parts[0]));
            };
      }
      return plan;
    }
  }

  /** In MB, the heap after a collection. */
  private record Memory(double heap, double resident) {}

  private final Path root;
  private final Plan plan;
  private final HttpClient http = HttpClient.newHttpClient();

  private Soak(Path root, Plan plan) {
    this.root = root;
    this.plan = plan;
  }

  public static void main(String[] args) throws Exception {
    try {
      Plan plan = Plan.of(List.of(args).subList(1, args.length));
      new Soak(Path.of(args[0]).toAbsolutePath(), plan).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    Machine.describe();
    Path logs = Files.createDirectories(root.resolve("bench/target/server/logs"));
    try (RunningServer server = RunningServer.start(contender(), PORT, "/text", logs)) {
      var _ = ask(0, WARM_UP_SECONDS);
      double capacity = Double.parseDouble(ask(0, CAPACITY_SECONDS)[0]) / CAPACITY_SECONDS;
      double rate = capacity * LOAD;
      System.out.printf(
          "soak: engine %s, %d isolates, %.0f of %.0f requests a second for %.0f s%n",
          plan.engine(), processors(), rate, capacity, plan.seconds());
      List<Memory> memory = new ArrayList<>();
      String[] seen;
      try (ClientProcess client = client(rate, plan.seconds())) {
        long start = System.nanoTime();
        for (int i = 1; i < SAMPLES; i++) {
          long due = start + (long) (i * plan.seconds() * 1e9 / SAMPLES);
          TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
          memory.add(sample(server));
          System.out.printf(
              "  %4.0f s: heap %.1f MB, RSS %.1f MB%n",
              (System.nanoTime() - start) / 1e9,
              memory.getLast().heap(),
              memory.getLast().resident());
        }
        seen = client.said();
      }
      report(seen, memory);
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private Contender contender() {
    List<String> command =
        List.of(
            root.resolve("runnel").toString(),
            "run",
            "--engine=" + plan.engine(),
            "--isolates=" + processors(),
            "--memory=64m",
            "--admin-port=" + ADMIN_PORT,
            "--listen=127.0.0.1:" + Contender.PORT,
            root.resolve("bench/src/main/js/server/soak.mjs").toString());
    return Contender.of("soak", "", command, Map.of());
  }

  private String[] ask(double rate, double seconds) throws IOException, InterruptedException {
    try (ClientProcess client = client(rate, seconds)) {
      return client.said();
    }
  }

  private ClientProcess client(double rate, double seconds) throws IOException {
    return ClientProcess.start(SoakClient.class, PORT, rate, seconds, plan.crash());
  }

  private Memory sample(RunningServer server) throws IOException, InterruptedException {
    server.collectGarbage();
    return new Memory(
        metric("runnel_heap_used_bytes") / (1 << 20),
        metric("process_resident_memory_bytes") / (1 << 20));
  }

  private double metric(String name) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ADMIN_PORT + "/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private void report(String[] seen, List<Memory> memory) throws IOException, InterruptedException {
    double lost = metric("runnel_isolates_lost_total");
    double serving = metric("runnel_isolates_serving");
    System.out.printf(
        "  %s answered (p50 %s ms, p99 %s ms), %s left, %s failed as asked, %s failed otherwise,"
            + " %s late; %.0f isolates lost, %.0f of %d serve%n%n",
        seen[0], seen[5], seen[6], seen[1], seen[2], seen[3], seen[4], lost, serving, processors());
    System.out.printf(
        "FIGURE soak_heap_growth_percent %.1f%n", growthPercent(memory, Memory::heap));
    System.out.printf(
        "FIGURE soak_rss_growth_percent %.1f%n", growthPercent(memory, Memory::resident));
    System.out.printf("FIGURE soak_failed_requests %s%n", seen[3]);
    System.out.printf("FIGURE soak_isolates_lost %.0f%n", lost);
    System.out.printf("FIGURE soak_isolates_missing %.0f%n", processors() - serving);
  }

  /** The last samples against the first ones after those of the warm-up, by their medians. */
  private static double growthPercent(List<Memory> memory, ToDoubleFunction<Memory> value)
      throws IOException {
    if (memory.size() < 3 * PART) {
      throw new IOException("The client ended before there were enough samples of the memory.");
    }
    double first = Series.of(memory.subList(PART, 2 * PART), value).median();
    double last = Series.of(memory.subList(memory.size() - PART, memory.size()), value).median();
    return (last / first - 1) * 100;
  }
}
