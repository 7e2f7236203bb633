package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a namespace on disk has after its process was killed while it wrote. */
class KvCrashTest {
  private static final String PROGRAMS = "src/test/resources/programs/";
  private static final int KILLS = 3;

  @TempDir private Path folder;

  @Test
  void everythingThatWasAcknowledgedIsThereAndWhole() throws Exception {
    String store = "KV=" + folder.resolve("store.db");
    int acknowledged = 0;
    for (int i = 0; i < KILLS; i++) {
      acknowledged = acknowledgedBeforeAKill(store, acknowledged + 7);

      try (ChildJvm reader = ChildJvm.runnel("run", "--kv", store, PROGRAMS + "kv-reads.js")) {
        Outcome outcome = reader.outcome();

        assertThat(outcome.err()).isEmpty();
        String[] numbers = outcome.out().strip().split(" ");
        assertThat(Integer.parseInt(numbers[0])).isBetween(acknowledged, acknowledged + 1);
        assertThat(Integer.parseInt(numbers[1])).isBetween(acknowledged, acknowledged + 1);
        acknowledged = Integer.parseInt(numbers[0]);
      }
    }
  }

  @Test
  void theExamplesCounterGoesOnAfterAKill() throws Exception {
    String[] command = {
      "run",
      "--listen",
      "127.0.0.1:0",
      "--kv",
      "COUNTS=" + folder.resolve("counts.db"),
      "../examples/kv-counter"
    };
    for (int round = 0; round < 2; round++) {
      try (ChildJvm child = ChildJvm.runnel(command)) {
        String url = child.errLineWith("Listening on ").replace("Listening on ", "") + "a";
        for (int visit = 1; visit <= 3; visit++) {
          assertThat(new String(java.net.URI.create(url).toURL().openStream().readAllBytes()))
              .isEqualTo("/a has been visited %d times\n".formatted(3 * round + visit));
        }
        child.signal("KILL");
        child.outcome();
      }
    }
  }

  /** The last number that was said. The kill comes while the next ones are being written. */
  private static int acknowledgedBeforeAKill(String store, int atLeast) throws Exception {
    try (ChildJvm writer = ChildJvm.runnel("run", "--kv", store, PROGRAMS + "kv-writes.js")) {
      writer.outLineWith("acknowledged " + atLeast);
      writer.signal("KILL");
      String[] lines = writer.outcome().out().strip().split("\n");
      return Integer.parseInt(lines[lines.length - 1].replaceAll("\\D", ""));
    }
  }
}
