package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of a program that serves with {@code node:http}. */
class NodeHttpTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Served program;

  @BeforeAll
  static void start() throws Exception {
    program = Served.start(Project.CONFORMANCE.resolve("node/fixtures/http_server.mjs"), NETWORK);
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
    NETWORK.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(program.url(path)));
  }

  @Test
  void headersArriveBothWays() throws Exception {
    var response = send(to("/headers").header("X-Twice", "a").header("X-Twice", "b"));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().firstValue("x-one")).contains("1");
    assertThat(response.body())
        .isEqualTo(
            """
            {"method":"GET","joined":"a, b","distinct":["a","b"],"complete":true}""");
  }

  @Test
  void aProgramMayAskItsOwnPortInTheLineAfterListen(@TempDir Path folder) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path file = folder.resolve("own.cjs");
    Files.writeString(
        file,
        """
        const http = require("http");
        const server = http.createServer((request, response) => response.end("own"));
        server.listen(%1$d, "127.0.0.1");
        http.get({ host: "127.0.0.1", port: %1$d, agent: false }, (response) => {
          response.setEncoding("utf8").on("data", (text) => console.log(text)).on("end", () => server.close());
        });
        """
            .formatted(port));

    ProgramRun run =
        ProgramRun.of(
            file,
            WorkerOptions.DEFAULT
                .withNetwork(NETWORK)
                .withSockets(NetAccess.NONE.withEgress(Egress.EVERYTHING)),
            60);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("own\n");
    assertThat(run.exit()).isZero();
  }

  @Test
  void aBodyIsReadToItsEnd() throws Exception {
    var response = send(to("/length").POST(BodyPublishers.ofString("x".repeat(300_000))));

    assertThat(response.body()).isEqualTo("300000 true");
  }

  @Test
  void aRequestPipesIntoItsResponse() throws Exception {
    String text = "wide €😀 ".repeat(20_000);

    assertThat(send(to("/echo").POST(BodyPublishers.ofString(text))).body()).isEqualTo(text);
  }

  @Test
  void mistakesHaveNodesCodes() throws Exception {
    assertThat(send(to("/errors")).body())
        .isEqualTo(
            "ERR_INVALID_HTTP_TOKEN,ERR_INVALID_CHAR,ERR_HTTP_INVALID_STATUS_CODE,"
                + "ERR_INVALID_ARG_TYPE,ERR_STREAM_NULL_VALUES,no error,ERR_HTTP_HEADERS_SENT");
  }

  @Test
  void aWriterThatWaitsForDrainIsCalledBack() throws Exception {
    String body = send(to("/drain")).body();

    assertThat(body).endsWith("waited").hasSize(100 * 10_000 + "waited".length());
  }

  @Test
  void aResponseWithoutContentHasNone() throws Exception {
    var response = send(to("/empty"));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aHandlerThatThrowsCostsOnlyItsOwnRequest() throws Exception {
    assertThat(send(to("/throws")).statusCode()).isEqualTo(500);
    assertThat(send(to("/nowhere")).statusCode()).isEqualTo(404);
  }
}
