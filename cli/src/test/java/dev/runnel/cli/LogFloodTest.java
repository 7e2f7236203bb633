package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What becomes of much that a program of {@code run} writes, or doesn't catch. */
class LogFloodTest {
  private static final String PROGRAM = "src/test/resources/programs/floods.mjs";
  private static final Pattern LEFT_OUT =
      Pattern.compile("^runnel: (\\d+) records were left out here", Pattern.MULTILINE);

  @Test
  void allThatItWritesLeavesAndOfItsUncaughtErrorsSoMuchASecond() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "--listen", "127.0.0.1:0", PROGRAM)) {
      String address = child.errLineWith("Listening on ").replace("Listening on ", "");
      URI.create(address).toURL().openStream().close();
      child.errLineWith("records were left out here");
      child.signal("TERM");
      Outcome outcome = child.outcome();

      assertThat(outcome.out().lines()).hasSize(20_000).endsWith("line 19999");
      long kept =
          outcome.err().lines().filter(line -> line.startsWith("Uncaught Error: This is")).count();
      long leftOut =
          LEFT_OUT
              .matcher(outcome.err())
              .results()
              .mapToLong(found -> Long.parseLong(found.group(1)))
              .sum();
      assertThat(kept).isPositive();
      assertThat(leftOut).isPositive();
      assertThat(kept + leftOut).isLessThanOrEqualTo(5_000);
    }
  }
}
