package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.server.FakeProgram.Call;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void aRequestIsOneLine() throws Exception {
    try (TestServer server =
            new TestServer(ServerOptions.DEFAULT.withObserver(AccessLog.console(lines::add)));
        RawClient client = server.connect().get("/a?b")) {
      server.program.next().head(404).write("no").end();
      client.readUntil("no");

      assertThat(lines.poll(5, TimeUnit.SECONDS))
          .matches("127\\.0\\.0\\.1 \"GET /a\\?b\" 404 \\d+\\.\\d ms");
    }
  }

  @Test
  void aClientThatLeftIsMarked() throws Exception {
    try (TestServer server =
        new TestServer(ServerOptions.DEFAULT.withObserver(AccessLog.console(lines::add)))) {
      try (RawClient client = server.connect().get("/")) {
        server.program.next().head(200);
        client.readHead();
      }

      assertThat(lines.poll(5, TimeUnit.SECONDS)).endsWith(" cut off");
    }
  }

  @Test
  void controlCharactersAreEscaped() {
    assertThat(LogText.oneLine("a\nb\u001b[31m\u2028c")).isEqualTo("a\\nb\\u001b[31m\\u2028c");
  }

  @Test
  void aLimitIsNamed() throws Exception {
    try (TestServer server =
            new TestServer(ServerOptions.DEFAULT.withObserver(AccessLog.console(lines::add)));
        RawClient client = server.connect().get("/")) {
      server.program.next().sink.fail(new ResponseFailure(503, "memory", "Out of it."));
      client.readHead();

      assertThat(lines.poll(5, TimeUnit.SECONDS)).endsWith(" Runnel-Limit=memory");
    }
  }

  @Test
  void anObjectALineHasEveryField() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    try (TestServer server =
            new TestServer(ServerOptions.DEFAULT.withObserver(AccessLog.json(lines::add, clock)));
        RawClient client =
            server
                .connect()
                .send(
                    "GET /\"\\\u00fc HTTP/1.1\r\nHost: a\r\ntraceparent:"
                        + " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n")) {
      Call call = server.program.next().head(200).write("one").write("two");
      client.readUntil("two");
      call.end();

      assertThat(lines.poll(5, TimeUnit.SECONDS))
          .matches(
              "\\{\"time\":\"2026-01-02T03:04:05Z\",\"client\":\"127\\.0\\.0\\.1\",\"method\":\"GET\","
                  + "\"target\":\"/[^ ]*\",\"version\":\"1\\.1\",\"status\":200,\"ms\":[\\d.E-]+,"
                  + "\"firstByteMs\":[\\d.E-]+,\"bytes\":6,\"writes\":2,\"cutOff\":false,"
                  + "\"Runnel-Limit\":\"\",\"trace\":\"0af7651916cd43dd8448eb211c80319c\"}")
          .matches(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f), "plain ASCII")
          .contains("\"target\":\"/\\\"\\\\");
    }
  }

  @Test
  void aHeadThatIsTooLongIsTheLimitOfThatName() throws Exception {
    try (TestServer server =
            new TestServer(ServerOptions.DEFAULT.withObserver(AccessLog.console(lines::add)));
        RawClient client =
            server
                .connect()
                .send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");

      assertThat(lines.poll(60, TimeUnit.SECONDS)).contains(" 431 ", "Runnel-Limit=head");
      assertThat(lines).isEmpty();
    }
  }

  @Test
  void whatIsRefusedIsToldToo() throws Exception {
    try (TestServer server =
            new TestServer(ServerOptions.DEFAULT.withObserver(AccessLog.console(lines::add)));
        RawClient client =
            server
                .connect()
                .send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")) {
      client.readHead();

      assertThat(lines.poll(5, TimeUnit.SECONDS)).contains("\"POST /\" 400 ");
    }
  }
}
