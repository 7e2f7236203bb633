package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void aRequestIsOneLine() throws Exception {
    try (TestServer server = new TestServer(ServerOptions.DEFAULT.withAccessLog(lines::add));
        RawClient client = server.connect().get("/a?b")) {
      server.program.next().head(404).write("no").end();
      client.readUntil("no");

      assertThat(lines.poll(5, TimeUnit.SECONDS))
          .matches("127\\.0\\.0\\.1 \"GET /a\\?b\" 404 \\d+\\.\\d ms");
    }
  }

  @Test
  void aClientThatLeftIsMarked() throws Exception {
    try (TestServer server = new TestServer(ServerOptions.DEFAULT.withAccessLog(lines::add))) {
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
}
