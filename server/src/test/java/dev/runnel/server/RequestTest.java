package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.server.FakeProgram.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            ServerOptions.DEFAULT
                .withBodyBytes(1 << 20)
                .withOpenRequests(2)
                .withHeaderBytes(4096)
                .withIdleTimeout(Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theProgramSeesTheRequestAsItWasSent() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(
          "PURGE /a%2Fb//../c;d?e=%ff&f HTTP/1.1\r\nHost: x.test:81\r\nX-oDD: Keep Me\r\n\r\n");
      Call call = server.program.next();

      assertThat(call.request.method()).isEqualTo("PURGE");
      assertThat(call.request.url()).isEqualTo("http://x.test:81/a%2Fb//../c;d?e=%ff&f");
      assertThat(call.request.headers())
          .extracting(header -> header.name() + ": " + header.value())
          .containsExactly("Host: x.test:81", "X-oDD: Keep Me");
      assertThat(call.request.body().isEmpty()).isTrue();
      assertThat(call.request.connection().httpVersion()).isEqualTo("1.1");
      assertThat(call.request.connection().remoteAddress()).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/users/%zz, /users/%zz",
    "/%, /%",
    "/a%2?c=%ff%2&%, /a%2?c=%ff%2&%",
    "/%u0041%uXYZW/%C3%28, /%u0041%uXYZW/%C3%28",
    "/%25zz/%zz, /%25zz/%zz",
    "/%zz/../..%2f%2e%2E/, /%zz/../..%2f%2e%2E/",
    "http://x.test/%zz?q, /%zz?q",
    "http://x.test?%zz, /?%zz",
  })
  void escapesThatMeanNothingAreTheProgramsBusiness(String target, String seen) throws Exception {
    try (RawClient client = server.connect()) {
      for (String before : new String[] {"", "/plain", ""}) {
        client.send(
            "GET %s HTTP/1.1\r\nHost: x.test\r\n\r\n"
                .formatted(before.isEmpty() ? target : before));
        Call call = server.program.next();

        assertThat(call.request.url()).endsWith(before.isEmpty() ? seen : before);
        assertThat(call.request.url()).startsWith("http://x.test/");
        call.answer("done");
        client.readUntil("done");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a b%zz",
        "/%zz\u0001",
        "/%zz%00",
        "/%zz#f",
        "%zz",
        "/%zz HTTP/1.1\r\nHost: b\r\n\r\nGET /"
      })
  void otherwiseATargetIsHeldToItsSyntax(String target) throws Exception {
    try (RawClient client = server.connect()) {
      client.send("GET %s HTTP/1.1\r\nHost: x.test\r\n\r\n".formatted(target));

      if (target.contains("\r\n")) {
        assertThat(server.program.next().request.url()).isEqualTo("http://b/%zz");
      } else {
        assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
        assertThat(server.program.wasAsked()).isFalse();
      }
    }
  }

  @Test
  void aBodyArrivesAsItIsSent() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      Call call = server.program.next();

      client.send("3\r\none\r\n");
      assertThat(call.read()).isEqualTo("one");
      client.send("3\r\ntwo\r\n");
      assertThat(call.read()).isEqualTo("two");
      client.send("0\r\n\r\n");
      assertThat(call.read()).isEmpty();
      call.answer("got it");
      assertThat(client.readUntil("got it")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void anUnreadBodyDoesNotSpoilTheNextRequest() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
      server.program.next().answer("first");
      client.readUntil("first");

      client.get("/next");
      assertThat(server.program.next().request.url()).endsWith("/next");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinueWhenTheProgramReads() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
      Call call = server.program.next();
      var body = java.util.concurrent.CompletableFuture.supplyAsync(() -> readOf(call));

      assertThat(client.readHead()).startsWith("HTTP/1.1 100 Continue");
      client.send("body");

      assertThat(body.get()).isEqualTo("body");
      call.answer("thanks");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
    }
  }

  private static String readOf(Call call) {
    try {
      return call.read();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3\r\none", "3\r\none\r\n", "3\r\non", "3", ""})
  void aChunkedBodyThatIsCutOffIsNotPassedOffAsWhole(String part) throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + part);
      client.shutdownOutput();
      Call call = server.program.next();

      assertThat(catchThrowable(() -> readAll(call))).isNotNull();
    }
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeNeverReachesTheProgram() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n");

      assertThat(client.readHead()).startsWith("HTTP/1.1 413 ");
      assertThat(server.program.wasAsked()).isFalse();
    }
  }

  @Test
  void aBodyThatGrowsTooLargeIsCutOff() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      Call call = server.program.next();
      client.send("200000\r\n" + "x".repeat(1_200_000));

      assertThat(catchThrowable(() -> readAll(call)))
          .hasRootCauseInstanceOf(BodyTooLargeException.class);
      assertThat(client.readHead()).startsWith("HTTP/1.1 413 ");
    }
  }

  private static void readAll(Call call) throws Exception {
    while (!call.read().isEmpty()) {
      // The end is what the test is about.
    }
  }

  @Test
  void aProgramThatDoesNotReadMakesItsClientWait() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
      Call call = server.program.next();
      client.send("x".repeat(1_000_000));

      int received = call.read().length();

      assertThat(received).isLessThanOrEqualTo(64 << 10);
      while (received < 1_000_000) {
        received += call.read().length();
      }
      assertThat(call.read()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
        "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
      })
  void malformedRequestsAreAnsweredWith400AndNeverReachTheProgram(String request) throws Exception {
    try (RawClient client = server.connect().send(request)) {
      assertThat(client.readUntil("\r\n\r\n400 Bad Request\n")).startsWith("HTTP/1.1 400 ");
      assertThat(server.program.wasAsked()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"414, GET /%s HTTP/1.1", "431, GET / HTTP/1.1 X-Long:%s"})
  void whatIsTooLongIsRefusedByName(int status, String shape) throws Exception {
    String request =
        shape.formatted("x".repeat(5000)).replace("1.1 X-", "1.1\r\nHost: a\r\nX-") + "\r\n\r\n";
    try (RawClient client = server.connect().send(request)) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 " + status);
      assertThat(server.program.wasAsked()).isFalse();
    }
  }

  @Test
  void moreOpenRequestsThanAllowedAreTurnedAway() throws Exception {
    try (RawClient one = server.connect().get("/1")) {
      Call first = server.program.next();
      try (RawClient two = server.connect().get("/2")) {
        Call second = server.program.next();
        try (RawClient three = server.connect().get("/3")) {
          assertThat(three.readHead()).startsWith("HTTP/1.1 503 ");
        }

        first.answer("done");
        one.readUntil("done");
        // The place is free a moment after the answer's last byte.
        Await.until(() -> isLetIn("/4"));
        second.answer("done too");
        assertThat(two.readUntil("done too")).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  private boolean isLetIn(String target) {
    try (RawClient client = server.connect().get(target)) {
      if (server.program.isAskedWithin(100)) {
        server.program.next().answer("let in");
      }
      return client.readHead().startsWith("HTTP/1.1 200 OK");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
