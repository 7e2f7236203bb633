package dev.runnel.bench.server;

import dev.runnel.bench.Machine;
import dev.runnel.bench.load.LoadProcess;
import dev.runnel.bench.load.WarmUp;
import dev.runnel.bench.race.Contender;
import dev.runnel.bench.race.Installed;
import dev.runnel.bench.race.Processors;
import dev.runnel.bench.race.RunningServer;
import dev.runnel.bench.race.Series;
import dev.runnel.bench.race.Turn;
import dev.runnel.bench.race.TurnTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fetch handler that returns 10,000 bytes of ready text, beside Jetty with the same response and
 * other runtimes' servers: one worker each, all up at the same time, asked in turn.
 */
final class TextRace {
  private static final String JETTY = "jetty";
  private static final int FIRST_PORT = 8121;
  private static final List<Integer> CONNECTIONS = List.of(16, 64, 256);
  private static final String PATH = "/";

  private final Path root;
  private final ServerPlan plan;
  private final Processors processors = Processors.forServers(1);
  private final List<Contender> contenders = new ArrayList<>();

  TextRace(Path root, Path peers, ServerPlan plan) throws InterruptedException {
    this.root = root;
    this.plan = plan;
    System.out.printf("%ntext: one worker each, %s%n", processors);
    List<String> jetty = new ArrayList<>(Machine.java());
    jetty.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BareJetty.class.getName(),
            Contender.PORT));
    add(JETTY, "the same response from Jetty itself", jetty, Map.of());
    for (String engine : plan.engines()) {
      add(engine, "Runnel, engine " + engine, runnel(engine), Map.of());
    }
    String program = program("text.mjs");
    Path installed = peers.resolve("node_modules/.bin");
    Map<String, String> port = Map.of("PORT", Contender.PORT);
    addPeer("node", installed, List.of(program("node-text.mjs")), port);
    addPeer("bun", installed, List.of("run", program), port);
    addPeer(
        "deno",
        installed,
        List.of("serve", "--quiet", "--host=127.0.0.1", "--port=" + Contender.PORT, program),
        Map.of());
  }

  private String program(String file) {
    return root.resolve("bench/src/main/js/server").resolve(file).toString();
  }

  private List<String> runnel(String engine) {
    return List.of(
        root.resolve("runnel").toString(),
        "run",
        "--engine=" + engine,
        "--listen=127.0.0.1:" + Contender.PORT,
        program("text.mjs"));
  }

  private void add(
      String name, String version, List<String> command, Map<String, String> environment) {
    System.out.printf("  %-14s %s%n", name, version);
    contenders.add(Contender.of(name, version, processors.server(command), environment));
  }

  private void addPeer(
      String name, Path installed, List<String> arguments, Map<String, String> environment)
      throws InterruptedException {
    String program = installed.resolve(name).toString();
    var version = Installed.version(program);
    if (version.isEmpty()) {
      System.out.printf("  not measured: %s could not be installed or started%n", name);
      return;
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    add(name, version.get(), command, environment);
  }

  List<String> run() throws IOException, InterruptedException {
    List<RunningServer> servers = new ArrayList<>();
    try (LoadProcess client = LoadProcess.start(processors.client(Machine.java()))) {
      for (Contender contender : contenders) {
        int port = FIRST_PORT + servers.size();
        servers.add(RunningServer.start(contender, port, PATH, logs()));
      }
      compare(servers);
      for (RunningServer server : servers) {
        WarmUp.run(client, server.port(), PATH, plan.warmUpSeconds());
      }
      List<Map<String, List<Turn>>> all = new ArrayList<>();
      for (int connections : CONNECTIONS) {
        all.add(measure(client, servers, connections));
      }
      return figures(all);
    } finally {
      for (RunningServer server : servers) {
        server.close();
      }
    }
  }

  private Path logs() throws IOException {
    return Files.createDirectories(root.resolve("bench/target/server/logs"));
  }

  private static void compare(List<RunningServer> servers)
      throws IOException, InterruptedException {
    Set<String> digests = new HashSet<>();
    for (RunningServer server : servers) {
      digests.add(server.digest(PATH));
    }
    if (digests.size() != 1) {
      throw new IOException("The servers' answers differ.");
    }
  }

  private Map<String, List<Turn>> measure(
      LoadProcess client, List<RunningServer> servers, int connections) throws IOException {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (int round = 0; round < plan.rounds(); round++) {
      for (RunningServer server : servers) {
        turns
            .computeIfAbsent(server.contender().name(), _ -> new ArrayList<>())
            .add(server.turn(client, connections, plan.seconds(), PATH));
      }
    }
    TurnTable.print("10,000 bytes of text, %d connections".formatted(connections), turns);
    for (String engine : plan.engines()) {
      TurnTable.printRatio(engine, of(turns, engine), JETTY, of(turns, JETTY));
    }
    return turns;
  }

  /** Of the numbers of connections, the worst for us. */
  private List<String> figures(List<Map<String, List<Turn>>> all) {
    List<String> figures = new ArrayList<>();
    for (String engine : plan.engines()) {
      double worst =
          all.stream()
              .mapToDouble(
                  turns ->
                      Series.ratio(of(turns, engine), of(turns, JETTY), Turn::perSecond).median())
              .min()
              .orElseThrow();
      String name = engine.equals("quickjs") ? "" : engine + "_";
      figures.add("FIGURE %stext_vs_bare_jetty_rps %.3f".formatted(name, worst));
    }
    return figures;
  }

  private static List<Turn> of(Map<String, List<Turn>> turns, String name) {
    return turns.getOrDefault(name, List.of());
  }
}
