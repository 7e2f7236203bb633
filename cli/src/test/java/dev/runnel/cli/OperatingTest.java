package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a program that runs. */
class OperatingTest {
  private static final String PROGRAMS = "src/test/resources/programs/";

  @Test
  void anOperatorSeesAProgramServeAndLeave() throws Exception {
    try (ChildJvm child =
            ChildJvm.runnel(
                "run",
                "--listen",
                "127.0.0.1:0",
                "--admin-port",
                "0",
                "--leave",
                "1m",
                "--access-log",
                "--access-log-format",
                "json",
                PROGRAMS + "worker.js");
        HttpClient client = HttpClient.newHttpClient()) {
      URI admin = address(child.errLineWith("The admin port is at "));
      URI program = address(child.errLineWith("Listening on "));

      assertThat(get(client, program).body()).isEqualTo("fine");
      assertThat(child.errLineWith("\"target\":\"/\"")).startsWith("{").endsWith("}");
      assertThat(get(client, admin.resolve("/healthz")).statusCode()).isEqualTo(200);
      assertThat(get(client, admin.resolve("/readyz")).statusCode()).isEqualTo(200);
      assertThat(get(client, admin.resolve("/metrics")).body())
          .contains(
              "runnel_http_requests_total{method=\"GET\",status=\"200\"} 1.0",
              "runnel_isolates_serving 1.0");

      child.signal("TERM");

      while (get(client, admin.resolve("/readyz")).statusCode() != 503) {
        Thread.onSpinWait();
      }
      assertThat(get(client, program).body()).as("it still serves").isEqualTo("fine");
      assertThat(get(client, admin.resolve("/healthz")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOperatorSeesThePoolOfEachApp(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("a.mjs"), "export default { fetch: () => new Response('a') };");
    Path file =
        Files.writeString(
            folder.resolve("runnel.toml"),
            "listen = '127.0.0.1:0'\n[app.a]\nprogram = 'a.mjs'\nisolates = 2\n");
    try (ChildJvm child = ChildJvm.runnel("serve", "--admin-port", "0", file.toString());
        HttpClient client = HttpClient.newHttpClient()) {
      URI admin = address(child.errLineWith("The admin port is at "));
      URI program = address(child.errLineWith("Listening on "));
      assertThat(get(client, program).body()).isEqualTo("a");

      assertThat(get(client, admin.resolve("/metrics")).body())
          .contains(
              "runnel_isolates{app=\"a\"} 2.0",
              "runnel_isolates_serving{app=\"a\"} 2.0",
              "runnel_queue_requests{app=\"a\"} 0.0",
              "runnel_isolate_start_seconds_count 2");
    }
  }

  private static URI address(String line) {
    return URI.create(line.substring(line.indexOf("http")));
  }

  private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
