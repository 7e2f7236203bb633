package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets of a request that makes one of its own. */
class TracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENTS_SPAN = "b7ad6b7169203331";
  private static final Pattern SPAN =
      Pattern.compile(
          "\\{\"traceId\":\"(\\w+)\",\"spanId\":\"(\\w+)\",\"parentSpanId\":\"(\\w+)\","
              + "\"name\":\"GET\",\"kind\":(\\d),\"startTimeUnixNano\":\"\\d{19}\","
              + "\"endTimeUnixNano\":\"\\d{19}\",\"attributes\":\\[(.*?)\\],\"status\":\\{\\}\\}");

  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> parents = new LinkedBlockingQueue<>();
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

  @TempDir private Path folder;

  TracesTest() throws IOException {}

  @BeforeEach
  void start() {
    server.createContext("/v1/traces", exchange -> answer(exchange, bodies, text(exchange)));
    server.createContext(
        "/origin",
        exchange ->
            answer(exchange, parents, exchange.getRequestHeaders().getFirst("traceparent")));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRequestAndWhatItFetchesAreSpansOfItsClientsTrace() throws Exception {
    Path program =
        Files.writeString(
            folder.resolve("program.mjs"),
            """
            export default {
              async fetch(request, env) {
                await new Promise((resolve) => setTimeout(resolve, 1));
                const origin = await fetch(env.ORIGIN + "?secret");
                return new Response(request.headers.get("traceparent") + " " + (await origin.text()));
              },
            };
            """);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (ChildJvm child =
        ChildJvm.runnel(
            "run",
            "--listen",
            "127.0.0.1:0",
            "--trace-to",
            url + "/v1/traces",
            "--trace-name",
            "shop",
            "--env",
            "ORIGIN=" + url + "/origin",
            program.toString())) {
      URI address = URI.create(child.errLineWith("Listening on ").replace("Listening on ", ""));

      String seen = get(address.resolve("/page?secret"));

      Matcher client = span("3");
      Matcher request = span("2");
      assertThat(request.group(1)).isEqualTo(TRACE);
      assertThat(request.group(3)).isEqualTo(CLIENTS_SPAN);
      assertThat(request.group(5))
          .contains("{\"key\":\"url.path\",\"value\":{\"stringValue\":\"/page\"}}")
          .contains("{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"200\"}}")
          .doesNotContain("secret");
      assertThat(client.group(1)).isEqualTo(TRACE);
      assertThat(client.group(3)).as("the request is what fetches").isEqualTo(request.group(2));
      assertThat(client.group(5)).contains("/origin\"").doesNotContain("secret");
      assertThat(parents.poll(60, TimeUnit.SECONDS))
          .isEqualTo("00-%s-%s-01".formatted(TRACE, client.group(2)));
      assertThat(seen).isEqualTo("00-%s-%s-01 thanks".formatted(TRACE, request.group(2)));
      assertThat(all).contains("\"service.name\",\"value\":{\"stringValue\":\"shop\"}");
    }
  }

  private String all = "";

  /** The span of that kind, once it has come. */
  private Matcher span(String kind) throws InterruptedException {
    while (true) {
      Matcher matcher = SPAN.matcher(all);
      while (matcher.find()) {
        if (matcher.group(4).equals(kind)) {
          return matcher;
        }
      }
      all += Objects.requireNonNull(bodies.poll(60, TimeUnit.SECONDS), "no more spans came");
    }
  }

  private static String get(URI address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(address)
              .header("traceparent", "00-%s-%s-01".formatted(TRACE, CLIENTS_SPAN))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
  }

  private static void answer(HttpExchange exchange, BlockingQueue<String> seen, String what)
      throws IOException {
    seen.add(String.valueOf(what));
    exchange.sendResponseHeaders(200, 6);
    exchange.getResponseBody().write("thanks".getBytes(UTF_8));
    exchange.close();
  }
}
