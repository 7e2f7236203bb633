package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.server.FakeProgram.Call;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  private static final ResponseFailure LIMIT =
      new ResponseFailure(503, "cpu", "The secret reason.");

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
  void beforeTheHeadAFailureIsAPlainStatusPageThatTellsNothing() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().sink.fail(LIMIT);

      assertThat(client.readUntil("503 Service Unavailable\n"))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .contains("text/plain; charset=utf-8", "Content-Length: 24")
          .doesNotContain("secret");
    }
  }

  @Test
  void afterTheHeadAFailureCutsTheConnectionAndDoesNotEndTheBody() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200).write("part");

      call.sink.fail(LIMIT);

      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("4\r\npart");
      assertThat(call.gone.getCount())
          .as("the program failed, its client did not leave")
          .isEqualTo(1);
    }
  }

  @Test
  void whereABodyEndsWithItsConnectionAFailureIsAReset() throws Exception {
    try (RawClient client = server.connect().send("GET / HTTP/1.0\r\n\r\n")) {
      Call call = server.program.next().head(200).write("part");
      client.readUntil("part");

      call.sink.fail(LIMIT);

      assertThat(client.isReset()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-A, 'a\r\nSet-Cookie: b=1'",
    "X-A, 'a\nb'",
    "X-A, 'a\u0000b'",
    "X-A, 'smile \u263a'",
    "'X A', a",
    "'X-A: b\r\nX-B', a",
    "'', a"
  })
  void aHeaderThatWouldSplitTheResponseIsRefused(String name, String value) throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().head(200, name, value).write("body").end();

      String head = client.readHead();
      assertThat(head).startsWith("HTTP/1.1 500 ").doesNotContain("Set-Cookie", "X-");
    }
  }

  @Test
  void aBodyOfAnotherLengthThanAnnouncedIsNotPassedOffAsWhole() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().head(200, "Content-Length", "10").write("1234").end();

      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("1234");
    }
  }

  @Test
  void anAnswerOfAnotherLengthThanAnnouncedFailsAsAWholeWhenNothingHasLeft() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      var sink = server.program.next().sink;
      sink.head(new ResponseHead(200, "", List.of(new Header("Content-Length", "1"))));
      sink.write(ByteBuffer.wrap(new byte[2]), () -> {});
      sink.end(List.of());
      sink.flush();

      assertThat(client.readHead()).startsWith("HTTP/1.1 500 ");
    }
  }

  @Test
  void afterAFailureTheServerGoesOn() throws Exception {
    try (RawClient client = server.connect().get("/1")) {
      server.program.next().sink.fail(LIMIT);
      client.readUntil("Unavailable\n");
    }
    try (RawClient client = server.connect().get("/2")) {
      server.program.next().answer("fine");
      assertThat(client.readUntil("fine")).startsWith("HTTP/1.1 200 OK");
    }
  }
}
