package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.server.FakeProgram.Call;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamingTest {
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theHeadLeavesBeforeAnyOfTheBodyExists() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next();

      call.head(200, "Content-Type", "text/html");

      assertThat(client.readHead())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Content-Type: text/html\r\n", "Transfer-Encoding: chunked\r\n");
    }
  }

  @Test
  void eachChunkLeavesWithoutWaitingForTheNext() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200);
      client.readHead();

      call.write("shell");
      assertThat(client.readChunk()).isEqualTo("shell");
      call.write("late");
      assertThat(client.readChunk()).isEqualTo("late");
      call.end();
      assertThat(client.readChunk()).isEmpty();
    }
  }

  @Test
  void manyChunksArriveInOrder() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200);
      StringBuilder sent = new StringBuilder();
      for (int i = 0; i < 20_000; i++) {
        call.write(i + ",");
        sent.append(i).append(',');
      }
      call.end();

      client.readHead();
      StringBuilder received = new StringBuilder();
      for (String chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
        received.append(chunk);
      }
      assertThat(received.toString()).isEqualTo(sent.toString());
    }
  }

  @Test
  void anAnswerThatIsWholeAtOnceHasALengthAndNoChunks() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().answer("hello");

      String head = client.readHead();

      assertThat(head).contains("Content-Length: 5\r\n").doesNotContain("Transfer-Encoding");
      assertThat(client.readUntil("hello")).isEqualTo("hello");
    }
  }

  @Test
  void theProgramsContentLengthIsKept() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200, "Content-Length", "10");

      assertThat(client.readHead()).contains("Content-Length: 10\r\n").doesNotContain("chunked");
      call.write("01234").write("56789").end();
      assertThat(client.readUntil("9")).isEqualTo("0123456789");
    }
  }

  @Test
  void theConnectionCarriesOneRequestAfterTheOther() throws Exception {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        client.get("/" + i);
        Call call = server.program.next();
        assertThat(call.request.url()).isEqualTo("http://test/" + i);
        call.answer("answer " + i);
        assertThat(client.readUntil("answer " + i)).contains("200 OK");
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (RawClient client = server.connect()) {
      client.get("/1").get("/2").get("/3");
      for (int i = 1; i <= 3; i++) {
        Call call = server.program.next();
        assertThat(call.request.url()).endsWith("/" + i);
        call.answer("answer " + i);
        assertThat(client.readUntil("answer " + i)).contains("Content-Length: 8");
      }
    }
  }

  @Test
  void trailersFollowAChunkedBody() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200, "Trailer", "X-Sum");
      client.readHead();
      call.write("a").end("X-Sum", "97");

      assertThat(client.readUntil("X-Sum: 97\r\n\r\n")).contains("1\r\na\r\n0\r\n");
    }
  }

  @Test
  void informationalAnswersComeBeforeTheHead() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next();
      call.sink.informational(103, List.of(new Header("Link", "</a.css>; rel=preload")));

      assertThat(client.readHead()).startsWith("HTTP/1.1 103 ").contains("Link: </a.css>");
      call.answer("x");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aReasonPhraseOfTheProgramsOwnIsSent() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next();
      call.sink.head(new ResponseHead(200, "Quite Fine", List.of()));
      call.write("x").end();

      assertThat(client.readHead()).startsWith("HTTP/1.1 200 Quite Fine\r\n");
    }
  }

  @Test
  void headRequestsGetTheHeadAlone() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
      server.program.next().head(200, "Content-Length", "1000").end();
      assertThat(client.readHead()).contains("Content-Length: 1000\r\n");

      client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
      server.program.next().head(200).end();
      assertThat(client.readHead()).doesNotContain("Content-Length");

      client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
      server.program.next().answer("body");
      assertThat(client.readHead()).contains("Content-Length: 4\r\n");

      client.get("/");
      server.program.next().answer("body");
      assertThat(client.readUntil("body")).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void aBodyIsDroppedWhereTheStatusAllowsNone() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().head(204, "Content-Length", "4").write("body").end();
      assertThat(client.readHead()).startsWith("HTTP/1.1 204").doesNotContain("Content-Length");

      client.get("/");
      server.program.next().head(304, "ETag", "\"a\"").write("body").end();
      assertThat(client.readHead()).startsWith("HTTP/1.1 304").contains("ETag: \"a\"");
    }
  }

  @Test
  void headersWithTheSameNameStaySeparate() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().head(200, "Set-Cookie", "a=1", "Set-Cookie", "b=2").end();

      assertThat(client.readHead()).contains("Set-Cookie: a=1\r\n", "Set-Cookie: b=2\r\n");
    }
  }

  @Test
  void aTransferCodingTheProgramNamesIsTheServersToChoose() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200, "Transfer-Encoding", "chunked");

      assertThat(client.readHead()).containsOnlyOnce("Transfer-Encoding: chunked\r\n");
      call.write("a").end();
      assertThat(client.readChunk()).isEqualTo("a");
    }
  }

  @Test
  void aSlowReaderHoldsTheProgramBack() throws Exception {
    try (RawClient client = new RawClient(server.listener.address(), 8 << 10)) {
      client.get("/");
      Call call = server.program.next().head(200);
      byte[] chunk = new byte[16 << 10];
      long total = 0;
      while (call.outstanding.get() < 256 << 10) {
        call.write(chunk);
        total += chunk.length;
        assertThat(total)
            .as("bytes taken off the program by a client that reads none")
            .isLessThan(4 << 20);
      }

      client.readHead();
      client.skip(total);
      Await.until(() -> call.outstanding.get() == 0);
    }
  }

  @Test
  void aClientOfHttp10GetsNoInterimAnswers() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.connect().send("GET / HTTP/1.0\r\n\r\n")) {
      FakeProgram.Call call = server.program.next();
      call.sink.informational(103, List.of(new Header("link", "</a>")));
      call.answer("text");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("text");
    }
  }

  @Test
  void aHeadMaySayHowLongItTook() throws Exception {
    try (TestServer server = new TestServer(ServerOptions.DEFAULT.withServerTiming());
        RawClient client = server.connect().get("/")) {
      server.program.next().head(200, "Server-Timing", "db;dur=3").end();

      assertThat(client.readHead())
          .containsIgnoringCase("\r\nserver-timing: db;dur=3\r\n")
          .matches("(?is).*\r\nserver-timing: runnel;dur=\\d+\\.\\d\r\n.*");
    }
  }
}
