package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.server.admin.AdminServer;
import dev.runnel.server.admin.ServerMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private final ServerMetrics metrics = new ServerMetrics();
  private final AtomicBoolean ready = new AtomicBoolean();
  private TestServer server;
  private AdminServer admin;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(ServerOptions.DEFAULT.withObserver(metrics));
    admin = AdminServer.open(TestServer.anyPort(), metrics, ready::get);
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  private String ask(String line) throws Exception {
    try (RawClient client = new RawClient(admin.address())) {
      return client.send(line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readToEnd();
    }
  }

  @Test
  void healthIsOneThingAndReadinessAnother() throws Exception {
    assertThat(ask("GET /healthz")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /readyz")).startsWith("HTTP/1.1 503 ");

    ready.set(true);

    assertThat(ask("GET /readyz")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("HEAD /readyz")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    assertThat(ask("POST /readyz")).startsWith("HTTP/1.1 405 ");
    assertThat(ask("GET /")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void requestsAreCounted() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      FakeProgram.Call call = server.program.next().head(200).write("one").write("two");
      client.readUntil("two");
      assertThat(ask("GET /metrics")).contains("\nrunnel_http_open_requests 1.0\n");
      call.end();
    }
    try (RawClient client = server.connect().send("FROB / HTTP/1.1\r\nHost: a\r\n\r\n")) {
      server.program.next().sink.fail(new ResponseFailure(503, "cpu", "Too long."));
      client.readHead();
    }
    metrics.isolateLost("memory");
    metrics.pool("isolates", "All of them.", () -> 7);
    metrics.pools("app_isolates", "Each app's.", () -> Map.of("shop", 2));
    metrics.isolateReady(Duration.ofMillis(20));
    Await.until(() -> text().contains("\nrunnel_http_open_requests 0.0\n"));

    assertThat(text())
        .contains(
            "\nrunnel_http_requests_total{method=\"GET\",status=\"200\"} 1.0\n",
            "\nrunnel_http_requests_total{method=\"other\",status=\"503\"} 1.0\n",
            "\nrunnel_http_request_duration_seconds_count 2\n",
            "\nrunnel_http_first_byte_seconds_bucket{le=\"+Inf\"} 2\n",
            "\nrunnel_http_response_chunks_total 3.0\n",
            "\nrunnel_limits_hit_total{limit=\"cpu\"} 1.0\n",
            "\nrunnel_limits_hit_total{limit=\"memory\"} 1.0\n",
            "\nrunnel_isolates_lost_total 1.0\n",
            "\nrunnel_isolates 7.0\n",
            "\nrunnel_app_isolates{app=\"shop\"} 2.0\n",
            "\nrunnel_isolate_start_seconds_bucket{le=\"0.025\"} 1\n",
            "\nprocess_cpu_seconds_total ");
  }

  private String text() {
    try {
      return ask("GET /metrics");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
