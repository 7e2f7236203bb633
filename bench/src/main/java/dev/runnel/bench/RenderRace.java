package dev.runnel.bench;

import dev.runnel.bench.Peer.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Renders a second on every engine that can run the page. Rounds are interleaved, so that a slow
 * moment of the machine hits everybody; the seeds of a round are new and the same for all, and the
 * first page of each round must be the same everywhere.
 */
final class RenderRace {
  private static final int WARM_UP_ROUNDS = Integer.getInteger("bench.warmup", 10);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 10);
  private static final double SECONDS_A_ROUND = 2;

  private final Path root;
  private final List<Lane> lanes = new ArrayList<>();

  RenderRace(Path root) {
    this.root = root;
  }

  /** One runner: how much it does in a round is what it did in the last one's time. */
  private static final class Lane {
    private final Peer peer;
    private final List<Rendered> rounds = new ArrayList<>();
    private int count = 1;

    Lane(Peer peer) {
      this.peer = peer;
    }

    Rendered run(String seed) throws IOException {
      Rendered rendered = peer.render(seed, count);
      count = Math.max(1, (int) Math.round(rendered.perSecond() * SECONDS_A_ROUND));
      rounds.add(rendered);
      return rendered;
    }

    double perSecond() {
      return median(Rendered::perSecond);
    }

    double perCpuSecond() {
      return median(Rendered::perCpuSecond);
    }

    private double median(ToDoubleFunction<Rendered> rate) {
      double[] sorted = rounds.stream().mapToDouble(rate).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  List<String> run() throws IOException {
    try {
      Lane ours = add("runnel", java(RunnelRenderer.class));
      Lane stock = add("stock-endive", java(StockEndiveRenderer.class, wasm().toString()));
      Lane v8 = add("wasm-on-v8", List.of("node", script("peer-wasm-on-node.mjs"), page()));
      Optional<Path> quickjs = nativeQuickJs();
      if (quickjs.isPresent()) {
        String qjs = quickjs.get().toString();
        add("native-quickjs", List.of(qjs, "--std", script("peer-native.js"), page()));
      } else {
        System.out.println("  native-quickjs: $SUITES has no quickjs-ng that builds here");
      }
      race();
      report(ours);
      return List.of(
          "FIGURE renders_vs_stock_endive %.2f".formatted(ours.perSecond() / stock.perSecond()),
          "FIGURE renders_vs_wasm_on_v8 %.3f".formatted(ours.perSecond() / v8.perSecond()));
    } finally {
      for (Lane lane : lanes) {
        lane.peer.close();
      }
    }
  }

  private Lane add(String name, List<String> command) throws IOException {
    Lane lane = new Lane(Peer.start(name, command));
    lanes.add(lane);
    return lane;
  }

  private void race() throws IOException {
    SplittableRandom random = new SplittableRandom();
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      if (round == WARM_UP_ROUNDS) {
        lanes.forEach(lane -> lane.rounds.clear());
      }
      String seed = Long.toString(random.nextLong() >>> 1, 36);
      List<String> pages = new ArrayList<>();
      for (Lane lane : lanes) {
        pages.add(lane.run(seed).firstHtml());
      }
      if (pages.stream().distinct().count() != 1) {
        throw new IOException("The peers rendered different pages for the seed " + seed);
      }
    }
  }

  private void report(Lane ours) {
    for (Lane lane : lanes) {
      System.out.printf(
          "  %-15s %7.2f renders/s (%.2f a CPU second, best round %.2f; %d in %.1f s)%n"
              + "  %15s ours is %.2f times that, %.2f by CPU; %s%n",
          lane.peer.name(),
          lane.perSecond(),
          lane.perCpuSecond(),
          lane.rounds.stream().mapToDouble(Rendered::perSecond).max().orElse(0),
          lane.rounds.stream().mapToInt(Rendered::count).sum(),
          lane.rounds.stream().mapToLong(Rendered::nanoseconds).sum() / 1e9,
          "",
          ours.perSecond() / lane.perSecond(),
          ours.perCpuSecond() / lane.perCpuSecond(),
          lane.peer.version());
    }
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(Machine.java());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Path wasm() throws IOException {
    return EngineBench.required(
        root.resolve("node_modules/quickjs-wasi/quickjs.wasm"), "run npm ci");
  }

  private String script(String name) throws IOException {
    return EngineBench.required(root.resolve("bench/src/main/js").resolve(name), "").toString();
  }

  private String page() throws IOException {
    Path page = root.resolve("bench/target/classes/dev/runnel/bench/page.js");
    return EngineBench.required(page, "run ./dev build").toString();
  }

  /** Built once into bench/target from the checkout in {@code $SUITES}, with release settings. */
  private Optional<Path> nativeQuickJs() {
    Optional<Path> source =
        Optional.ofNullable(System.getenv("SUITES"))
            .map(suites -> Path.of(suites, "quickjs-ng"))
            .filter(Files::isDirectory);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    String build = root.resolve("bench/target/quickjs-ng").toString();
    Path binary = Path.of(build, "qjs");
    if (!Files.exists(binary)) {
      String from = source.get().toString();
      Shell.run(List.of("cmake", "-S", from, "-B", build, "-DCMAKE_BUILD_TYPE=Release"));
      Shell.run(List.of("cmake", "--build", build, "--target", "qjs_exe", "-j2"));
    }
    return Optional.of(binary).filter(Files::exists);
  }
}
