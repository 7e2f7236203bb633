package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** BroadcastChannels between the isolates of one program. */
class BroadcastTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @Test
  void allIsolatesOfAProgramHearAndSoDoesOneThatTakesTheirPlace() throws Exception {
    var cpu = new TurnLimits(Optional.of(Duration.ofMillis(500)), Optional.empty());
    try (Served program = serve(Project.OPTIONS.withIsolates(3).withTurnLimits(cpu))) {
      assertThat(program.get("/?others=2")).endsWith("\r\n\r\nünïcode 漢 ünïcode 漢");

      assertThat(program.get("/spin")).startsWith("HTTP/1.1 503 ");
      assertThat(program.get("/?others=2")).endsWith("\r\n\r\nünïcode 漢 ünïcode 漢");
    }
  }

  @Test
  void programsDontHearEachOther() throws Exception {
    try (Served one = serve(Project.OPTIONS.withIsolates(2));
        Served two = serve(Project.OPTIONS.withIsolates(2))) {
      for (Served program : List.of(one, two, one)) {
        assertThat(program.get("/?others=1")).endsWith("\r\n\r\nünïcode 漢");
      }

      // Itself and one other.
      assertThat(one.get("/heard")).endsWith("\r\n\r\n2");
      assertThat(two.get("/heard")).endsWith("\r\n\r\n2");
    }
  }

  @Test
  void channelsAndTheirMessagesHaveLimits() throws Exception {
    var limits = new BroadcastLimits(2, 1_000, 1 << 20);
    try (Served program = serve(Project.OPTIONS.withBroadcastLimits(limits))) {
      assertThat(program.get("/limits"))
          .contains("TypeError: More than 2 BroadcastChannels are open at once.\nnothing\n")
          .contains("DataCloneError: The message has 2005 bytes; the limit is 1000.\n")
          .endsWith("TypeError: The name of a BroadcastChannel is longer than 1000 characters.");
    }
  }

  private static Served serve(WorkerOptions options) throws Exception {
    return Served.start(Project.PROGRAMS.resolve("broadcasts.mjs"), NETWORK, options);
  }
}
