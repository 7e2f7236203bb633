package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An app that behaves, at half of what it can answer alone, beside one in the same process that
 * does its worst: none of its requests fails, and it keeps up.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeighbourTest {
  private static final List<String> HOGS =
      List.of(
          "native-loop",
          "heap",
          "garbage",
          "recursion",
          "log-flood",
          "timers",
          "slow-bodies",
          "crash-loop");

  private static final int HOG_CLIENTS = 4;
  private static final int SLOW_CONNECTIONS = 100;

  private @Nullable ChildJvm server;
  private URI address = URI.create("http://127.0.0.1/");
  private double half;
  private Duration p99Alone = Duration.ZERO;

  static List<String> hogs() {
    return HOGS;
  }

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    Path programs = Path.of("src/test/resources/hogs").toAbsolutePath();
    StringBuilder file = new StringBuilder("listen = '127.0.0.1:0'\n");
    file.append(app("good", programs, 2));
    for (String hog : HOGS) {
      file.append(app(hog, programs, 1));
    }
    Path toml = Files.writeString(folder.resolve("runnel.toml"), file);
    server = ChildJvm.runnel("serve", toml.toString());
    address = URI.create(server.errLineWith("Listening on ").replace("Listening on ", ""));
    var _ = Load.asFastAsPossible(good(), Duration.ofSeconds(2));
    half = Load.asFastAsPossible(good(), Duration.ofSeconds(3)).perSecond() / 2;
    p99Alone = Load.at(half, good(), Duration.ofSeconds(3)).latency(0.99);
  }

  private static String app(String name, Path programs, int isolates) {
    return """
        [app.%1$s]
        program = '%2$s/%1$s.mjs'
        path = '/%1$s'
        isolates = %3$d
        [app.%1$s.limits]
        memory = '32m'
        cpu = '300ms'
        rate-grace = '2s'
        """
        .formatted(name, programs, isolates);
  }

  @AfterAll
  void end() {
    Objects.requireNonNull(server).close();
  }

  @ParameterizedTest
  @MethodSource("hogs")
  void aGoodAppKeepsUpBesideAHog(String hog) throws Exception {
    assertThat(beside(hog, Duration.ofSeconds(3))).as("answered of offered").isGreaterThan(0.5);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("hogs")
  void aGoodAppKeepsUpBesideAHogForAMinute(String hog) throws Exception {
    assertThat(beside(hog, Duration.ofSeconds(60))).as("answered of offered").isGreaterThan(0.9);
  }

  /** Which part of the requests was answered in time. */
  private double beside(String hog, Duration time) throws Exception {
    try (Load.Noise _ = noise(hog)) {
      Load.Report report = Load.at(half, good(), time);
      System.out.printf(
          "%s: %.0f of %.0f requests a second, p99 %d ms (alone %d ms)%n",
          hog, report.perSecond(), half, report.latency(0.99).toMillis(), p99Alone.toMillis());
      System.out.printf(
          "FIGURE neighbour_p99_ratio %.2f %s%n",
          (double) report.latency(0.99).toNanos() / p99Alone.toNanos(), hog);
      assertThat(report.failures()).isEmpty();
      return report.perSecond() / half;
    }
  }

  private Load.Noise noise(String hog) throws IOException {
    return hog.equals("slow-bodies")
        ? slowBodies()
        : Load.noise(address.resolve("/" + hog), HOG_CLIENTS);
  }

  /** Clients that send a byte of their body now and then. */
  private Load.Noise slowBodies() throws IOException {
    Socket[] sockets = new Socket[SLOW_CONNECTIONS];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new Socket();
      sockets[i].connect(new InetSocketAddress(address.getHost(), address.getPort()));
      sockets[i]
          .getOutputStream()
          .write(
              "POST /slow-bodies HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nx"
                  .getBytes(ISO_8859_1));
    }
    return () -> {
      for (Socket socket : sockets) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new AssertionError("A socket could not be closed.", e);
        }
      }
    };
  }

  private URI good() {
    return address.resolve("/good");
  }
}
