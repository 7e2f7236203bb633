package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.server.FakeProgram.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 in plain text, frame by frame (RFC 9113). */
class Http2Test {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /** {@code GET http://a/} in HPACK: three entries of the static table and a literal. */
  private static final String GET_HEAD = "\u0082\u0086\u0084\u0001\u0001a";

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /**
   * More than the server stands in a second, and no more than it reads at once: what it leaves
   * unread when it closes would take its last word away from the client.
   */
  private static final int FLOOD = 300;

  private static final String CALM_DOWN = "\u0000\u0000\u0000\u000b";

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
  void aClientThatKnowsSpeaksItInPlainText() throws Exception {
    try (RawClient client = server.connect().send(PREFACE + frame(SETTINGS, 0, 0, ""))) {
      client.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, GET_HEAD));
      Call call = server.program.next();
      assertThat(call.request.url()).isEqualTo("http://a/");
      assertThat(call.request.connection().httpVersion()).isEqualTo("2.0");
      assertThat(call.read()).isEmpty();

      call.head(200).write("now ");
      client.readUntil(frame(DATA, 0, 1, "now "));
      call.write("then");
      call.end();
      client.readUntil("then");
    }
  }

  @Test
  void trailersFollowTheBody() throws Exception {
    try (RawClient client = server.connect().send(PREFACE + frame(SETTINGS, 0, 0, ""))) {
      client.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, GET_HEAD));
      Call call = server.program.next();
      call.head(200).write("body");
      client.readUntil(frame(DATA, 0, 1, "body"));

      call.end("x-check", "1");

      String rest = client.readUntil("\u0000\u0000\u0000\u0001@");
      assertThat(rest.charAt(rest.length() - 6)).isEqualTo((char) (END_STREAM | END_HEADERS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pings", "settings", "resets", "continuations", "empty data"})
  void aClientThatMakesWorkForNothingIsSentAway(String kind) throws Exception {
    try (RawClient client = server.connect().send(PREFACE + frame(SETTINGS, 0, 0, ""))) {
      client.sendUnlessClosed(flood(kind));

      String said = client.readAsFarAsItGoes();
      assertThat(said).as("a GOAWAY").contains(CALM_DOWN).contains("_rate");
    }
    try (RawClient another = server.connect().send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n")) {
      Call call = server.program.next();
      while (!call.request.url().endsWith("/after")) {
        call = server.program.next();
      }
      call.answer("still here");
      another.readUntil("still here");
    }
  }

  private static String flood(String kind) {
    StringBuilder flood = new StringBuilder();
    switch (kind) {
      case "continuations" -> flood.append(frame(HEADERS, END_STREAM, 1, GET_HEAD));
      case "empty data" -> flood.append(frame(HEADERS, END_HEADERS, 1, GET_HEAD));
      default -> {}
    }
    for (int i = 0; i < FLOOD; i++) {
      flood.append(
          switch (kind) {
            case "pings" -> frame(PING, 0, 0, "12345678");
            case "settings" -> frame(SETTINGS, 0, 0, "");
            case "resets" ->
                frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, GET_HEAD)
                    + frame(RST_STREAM, 0, 2 * i + 1, "\u0000\u0000\u0000\u0008");
            case "continuations" -> frame(CONTINUATION, 0, 1, "");
            case "empty data" -> frame(DATA, 0, 1, "");
            default -> throw new IllegalArgumentException(kind);
          });
    }
    return flood.toString();
  }

  private static String frame(int type, int flags, int stream, String payload) {
    int length = payload.length();
    return chars(length >> 16, length >> 8, length, type, flags)
        + chars(stream >> 24, stream >> 16, stream >> 8, stream)
        + payload;
  }

  private static String chars(int... bytes) {
    StringBuilder chars = new StringBuilder();
    for (int b : bytes) {
      chars.append((char) (b & 0xff));
    }
    return chars.toString();
  }
}
