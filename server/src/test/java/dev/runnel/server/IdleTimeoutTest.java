package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.server.FakeProgram.Call;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that keep a connection and neither send nor read. */
@Timeout(60)
class IdleTimeoutTest {
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final String HALF_A_BODY =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf";
  private static final int MORE_THAN_ANY_BUFFER = 32 << 20;

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(ServerOptions.DEFAULT.withIdleTimeout(IDLE));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aConnectionThatNeverSaysAnythingIsClosed() throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aConnectionIsClosedWhenItsNextRequestDoesNotCome() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().answer("first");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("first");
    }
  }

  @Test
  void aHeadThatStopsHalfwayNeverReachesTheProgram() throws Exception {
    try (RawClient client = server.connect().send("GET / HTTP/1.1\r\nHost: a\r\nX-Slow")) {
      client.readToEnd();

      assertThat(server.program.wasAsked()).isFalse();
    }
  }

  @Test
  void aBodyThatStopsHalfwayIsRefused() throws Exception {
    try (RawClient client = server.connect().send(HALF_A_BODY)) {
      Call call = server.program.next();
      assertThat(call.read()).isEqualTo("half");

      assertThatThrownBy(call::read).hasRootCauseInstanceOf(TimeoutException.class);

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void aBodyThatStopsHalfwayCutsTheAnswerThatHasBegun() throws Exception {
    try (RawClient client = server.connect().send(HALF_A_BODY)) {
      Call call = server.program.next().head(200).write("begun");
      assertThat(call.read()).isEqualTo("half");

      assertThatThrownBy(call::read).hasRootCauseInstanceOf(TimeoutException.class);

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void aBodyThatNobodyReadsMayWait() throws Exception {
    try (RawClient client = server.connect().send(HALF_A_BODY);
        RawClient idle = server.connect()) {
      Call call = server.program.next();
      idle.readToEnd();

      call.answer("late");

      assertThat(client.readUntil("late")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aClientThatTakesNothingIsGone() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200);

      call.write(new byte[MORE_THAN_ANY_BUFFER]);

      assertThat(call.isGoneWithin(10_000)).isTrue();
    }
  }

  @Test
  void aProgramMayTakeLongerThanItsClientMay() throws Exception {
    try (RawClient client = server.connect().get("/");
        RawClient idle = server.connect()) {
      Call call = server.program.next();
      idle.readToEnd();

      call.answer("late");

      assertThat(client.readUntil("late")).startsWith("HTTP/1.1 200 OK");
    }
  }
}
