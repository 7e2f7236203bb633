package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a handler does to its own request, the server answers and goes on. */
class BadRequestHandlerTest {
  private static ChildJvm server;
  private static URI address;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    server =
        ChildJvm.runnel(
            "run",
            "--listen",
            "127.0.0.1:0",
            "--cpu-time",
            "1s",
            "--memory",
            "48m",
            "--isolates",
            "2",
            "src/test/resources/programs/worker.js");
    address = URI.create(server.errLineWith("Listening on ").replace("Listening on ", ""));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
  }

  private static boolean isServing() {
    try {
      return get("/").body().equals("fine");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/throws, 500, Uncaught Error: boom",
    "/nothing, 500, must answer with a Response",
    "/recurses, 500, RangeError",
    "/breaks-off, 500, the well is dry",
    "/spins, 503, runnel: ",
    "/grows, 503, runnel: "
  })
  void aHandlerThatFailsIsAnsweredForAndLoggedAndOthersAreServed(
      String path, int status, String logged) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith(status + " ");
    server.errLineWith(logged);
    assertThat(isServing()).isTrue();
  }

  @Test
  void aBodyIsEchoed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/echo"))
            .header("content-type", "text/x-test")
            .POST(HttpRequest.BodyPublishers.ofString("äöü".repeat(100_000)))
            .build();

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertThat(response.headers().firstValue("content-type")).contains("text/x-test");
    assertThat(response.body()).isEqualTo("äöü".repeat(100_000));
  }
}
