package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is on the wire, and when. Late content waits for a second request, which is sent only when
 * the early part has arrived: a server that holds the early part back never finishes.
 */
class StreamingTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final Path BUNDLES = Project.CONFORMANCE.resolve("target/react");

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 19})
  void aPagesShellArrivesBeforeItsContentResolves(int react) throws Exception {
    try (Served page = gatedPage(react);
        RawConnection client = new RawConnection(page.address())) {
      client.get("/page/a");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
      String shell = client.readChunksUntil("end of the shell");
      assertThat(shell).contains("loading").doesNotContain("content").doesNotContain("$RC");

      page.get("/open/a");

      assertThat(client.readChunks()).contains("<p>content</p>").contains("$RC(\"B:0\",\"S:0\")");
    }
  }

  @Test
  void underExpressEachPartOfACompressedPageIsReadableOnItsOwn() throws Exception {
    WorkerOptions production = Project.OPTIONS.withEnvironment(Map.of("NODE_ENV", "production"));
    Path program = Project.PROGRAMS.resolve("gated-page-express.mjs");
    try (Served page = Served.start(program, NETWORK, production);
        RawConnection client = new RawConnection(page.address())) {
      client.send("GET /page/a HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\n\r\n");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("content-encoding: gzip\r\n")
          .containsIgnoringCase("vary: accept-encoding\r\n");
      InputStream unpacked = new GZIPInputStream(client.chunked());
      String shell = readUntil("end of the shell</footer>", unpacked);
      assertThat(shell).contains("loading").doesNotContain("content").doesNotContain("$RC");

      assertThat(page.get("/open/a")).contains("opened");

      String rest = new String(unpacked.readAllBytes(), UTF_8);
      assertThat(rest).contains("<p>content</p>").contains("$RC(\"B:0\",\"S:0\")");
    }
  }

  /** As little as brings the text. */
  private static String readUntil(String text, InputStream in) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] some = new byte[8 << 10];
    while (read.indexOf(text) < 0) {
      int length = in.read(some);
      assertThat(length).as("what came before the end: %s", read).isPositive();
      read.append(new String(some, 0, length, UTF_8));
    }
    return read.toString();
  }

  @ParameterizedTest
  @CsvSource({"18,react18.js", "19,main.js"})
  void theExampleSendsWhatNodeSends(int react, String program) throws Exception {
    Path dist = Project.EXAMPLES.resolve("react-ssr-stream/dist");
    try (Served page = Served.start(dist.resolve(program), NETWORK);
        RawConnection client = new RawConnection(page.address())) {
      client.get("/golden?a=1");
      assertThat(client.readHead().toLowerCase(Locale.ROOT))
          .contains("content-type: text/html; charset=utf-8\r\n")
          .contains("transfer-encoding: chunked\r\n");
      String shell = client.readChunksUntil("The end of the shell");
      String rest = client.readChunks();

      assertThat(shell).doesNotContain("$RC(");
      assertThat(shell + rest)
          .isEqualTo(
              Project.read(
                  Project.CONFORMANCE.resolve("react/golden/react-ssr-stream." + react + ".html")));
    }
  }

  @Test
  void fiftyPagesWaitAtOnceInOneIsolate() throws Exception {
    List<RawConnection> clients = new ArrayList<>();
    try (Served page = gatedPage(19)) {
      for (int i = 0; i < 50; i++) {
        RawConnection client = new RawConnection(page.address());
        clients.add(client);
        client.get("/page/all");
      }
      for (RawConnection client : clients) {
        client.readHead();
        assertThat(client.readChunksUntil("end of the shell")).doesNotContain("content");
      }

      page.get("/open/all");

      for (RawConnection client : clients) {
        assertThat(client.readChunks()).contains("<p>content</p>");
      }
    } finally {
      for (RawConnection client : clients) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"late-body-worker.mjs", "late-body-node.mjs"})
  void aHeadArrivesBeforeItsBodysFirstByte(String program) throws Exception {
    try (Served late = Served.start(Project.PROGRAMS.resolve(program), NETWORK);
        RawConnection client = new RawConnection(late.address())) {
      client.get("/late/a");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 201 Created\r\n")
          .containsIgnoringCase("x-early: yes\r\n");

      late.get("/open/a");

      assertThat(client.readChunks()).isEqualTo("late");
    }
  }

  @ParameterizedTest
  @CsvSource({"abandoned-page-node.mjs,closed early", "abandoned-page-worker.mjs,client has gone"})
  void aClientThatLeavesAbortsItsPagesRender(String program, String told) throws Exception {
    try (Served page = Served.start(Project.PROGRAMS.resolve(program), NETWORK)) {
      try (RawConnection client = new RawConnection(page.address())) {
        client.get("/page/a");
        client.readHead();
        client.readChunksUntil("end of the shell");
      }

      assertThat(page.get("/told/a")).containsIgnoringCase(told);
    }
  }

  private static Served gatedPage(int react) throws Exception {
    return Served.start(BUNDLES.resolve("gated-page" + react + ".mjs"), NETWORK);
  }
}
