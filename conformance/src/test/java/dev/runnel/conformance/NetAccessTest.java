package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.NetAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What sockets of its own a program may have. */
class NetAccessTest {
  private static final int SECONDS = 60;
  private static ServerSocket somebody;

  @BeforeAll
  static void listen() throws IOException {
    somebody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterAll
  static void close() throws IOException {
    somebody.close();
  }

  private static List<String> attempt(NetAccess access, String... what)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(somebody.getLocalPort())));
    arguments.addAll(List.of(what));
    ProgramRun run =
        ProgramRun.of(
            Project.CONFORMANCE.resolve("node/fixtures/net_access.js"),
            Project.OPTIONS.withSockets(access).withArguments(arguments),
            SECONDS);
    assertThat(run.err()).isEmpty();
    return run.out().lines().toList();
  }

  @Test
  void aProgramWithoutTheNetworkReachesNobody() throws Exception {
    String refusal = "This program may not reach 127.0.0.1:PORT: outgoing network was not granted.";
    assertThat(attempt(NetAccess.NONE, "connect", "tls", "http", "listen", "lookup", "records"))
        .containsExactly(
            "connect EACCES connect EACCES 127.0.0.1:PORT - " + refusal,
            "tls EACCES connect EACCES 127.0.0.1:PORT - " + refusal,
            "http EACCES connect EACCES 127.0.0.1:PORT - " + refusal,
            "listen EACCES listen EACCES: permission denied 127.0.0.1:0 - This program may not open port 0.",
            "lookup EACCES getaddrinfo EACCES localhost - This program may not look up localhost.",
            "records EACCES queryA EACCES localhost - This program may not look up localhost.");
  }

  /** However the address is written, and whatever a lookup of the program's own says. */
  @Test
  void aProgramForPublicHostsDoesNotReachThisMachine() throws Exception {
    assertThat(
            attempt(
                NetAccess.NONE.withEgress(Egress.PUBLIC),
                "connect",
                "mapped",
                "named",
                "own",
                "server"))
        .allMatch(line -> line.matches("\\w+ EACCES .*"))
        .hasSize(5);
  }

  @Test
  void aGrantIsForItsHostAlone() throws Exception {
    var granted =
        Egress.PUBLIC
            .withGrant(new Egress.Grant("granted.invalid", OptionalInt.empty()))
            .withGrant(new Egress.Grant("localhost", OptionalInt.of(somebody.getLocalPort())));

    assertThat(attempt(NetAccess.NONE.withEgress(granted), "named", "connect", "own"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("named connected"),
            line -> assertThat(line).startsWith("connect EACCES"),
            line -> assertThat(line).startsWith("own EACCES"));
  }

  @Test
  void thereAreNoMoreSocketsThanItsLimit() throws Exception {
    assertThat(attempt(NetAccess.NONE.withEgress(Egress.EVERYTHING).withOpen(3), "many"))
        .containsExactly(
            "many 3 EMFILE connect EMFILE 127.0.0.1:PORT"
                + " - too many open files: the limit of 3 open sockets is reached");
  }
}
