package dev.runnel.bench.ssr;

import dev.runnel.bench.race.Series;
import dev.runnel.bench.race.Turn;
import dev.runnel.bench.race.TurnTable;
import dev.runnel.bench.ssr.Grid.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One scenario's turns of all servers, and how they are shown. */
record Results(Scenario scenario, Map<String, List<Turn>> turns) {

  void print() {
    TurnTable.print(scenario.toString(), turns);
    List<Turn> ours = turns.get(Contenders.V8);
    if (ours != null) {
      turns.forEach(
          (name, theirs) -> {
            if (ours != theirs) {
              TurnTable.printRatio(Contenders.V8, ours, name, theirs);
            }
          });
    }
  }

  /** The median of our turns over theirs, round by round. */
  double ratio(String ours, String theirs, ToDoubleFunction<Turn> value) throws IOException {
    return Series.ratio(turnsOf(ours), turnsOf(theirs), value).median();
  }

  private List<Turn> turnsOf(String name) throws IOException {
    List<Turn> all = turns.get(name);
    if (all == null) {
      throw new IOException("A figure needs the server %s, which is missing.".formatted(name));
    }
    return all;
  }
}
