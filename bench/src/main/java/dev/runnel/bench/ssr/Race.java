package dev.runnel.bench.ssr;

import dev.runnel.bench.load.LoadProcess;
import dev.runnel.bench.load.WarmUp;
import dev.runnel.bench.race.Contender;
import dev.runnel.bench.race.RunningServer;
import dev.runnel.bench.race.Turn;
import dev.runnel.bench.ssr.Grid.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All servers of one number of workers, up at the same time and asked in turn: a slow moment of the
 * machine hits each of them alike.
 */
final class Race implements AutoCloseable {
  private static final int FIRST_PORT = 8101;

  private final Grid grid;
  private final LoadProcess client;
  private final List<RunningServer> servers = new ArrayList<>();

  private Race(Grid grid, LoadProcess client) {
    this.grid = grid;
    this.client = client;
  }

  static Race start(List<Contender> contenders, Grid grid, LoadProcess client, Path logs)
      throws IOException, InterruptedException {
    Race race = new Race(grid, client);
    for (Contender contender : contenders) {
      int port = FIRST_PORT + race.servers.size();
      race.servers.add(RunningServer.start(contender, port, Work.HELLO.path(), logs));
    }
    return race;
  }

  /** Fails unless all servers give the same bytes for the same seed. */
  void compareBytes() throws IOException, InterruptedException {
    for (Work work : Work.values()) {
      Map<String, String> digests = new TreeMap<>();
      for (RunningServer server : able(work)) {
        digests.put(server.contender().name(), server.digest(work.path()));
      }
      if (digests.values().stream().distinct().count() != 1) {
        throw new IOException("The servers answer %s differently: %s".formatted(work, digests));
      }
    }
  }

  /** Every server until it gets no quicker, which its compilers decide, or its time is over. */
  void warmUp() throws IOException {
    for (Work work : grid.works()) {
      for (RunningServer server : able(work)) {
        WarmUp.run(client, server.port(), work.path(), grid.warmUpSeconds());
      }
    }
  }

  /** Each server's turns, by name. */
  Map<String, List<Turn>> run(Scenario scenario) throws IOException {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (int round = 0; round < grid.rounds(); round++) {
      for (RunningServer server : able(scenario.work())) {
        turns
            .computeIfAbsent(server.contender().name(), _ -> new ArrayList<>())
            .add(
                server.turn(
                    client, scenario.connections(), grid.seconds(), scenario.work().path()));
      }
    }
    return turns;
  }

  private List<RunningServer> able(Work work) {
    return servers.stream()
        .filter(server -> !work.suspends() || server.contender().suspends())
        .toList();
  }

  @Override
  public void close() throws InterruptedException {
    for (RunningServer server : servers) {
      server.close();
    }
  }
}
