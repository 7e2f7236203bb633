package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.server.FakeProgram.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisconnectTest {
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
  void aClientThatLeavesBeforeTheAnswerIsNoticedWithinASecond() throws Exception {
    RawClient client = server.connect().get("/");
    Call call = server.program.next();

    client.close();

    assertThat(call.isGoneWithin(1_000)).isTrue();
  }

  @Test
  void aClientThatLeavesBetweenTwoChunksIsNoticedWithinASecondWithoutAWrite() throws Exception {
    RawClient client = server.connect().get("/");
    Call call = server.program.next().head(200).write("shell");
    client.readHead();
    client.readChunk();

    client.close();

    assertThat(call.isGoneWithin(1_000)).isTrue();
  }

  @Test
  void aClientThatLeavesAfterItsBodyWasReadIsNoticed() throws Exception {
    RawClient client =
        server.connect().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
    Call call = server.program.next();
    assertThat(call.read()).isEqualTo("body");
    assertThat(call.read()).isEmpty();

    client.close();

    assertThat(call.isGoneWithin(1_000)).isTrue();
  }

  @Test
  void aClientThatLeavesWhileItsBodyIsAwaitedFailsTheBodyAndIsNoticed() throws Exception {
    RawClient client =
        server.connect().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbody");
    Call call = server.program.next();
    assertThat(call.read()).isEqualTo("body");

    client.close();

    assertThat(org.assertj.core.api.Assertions.catchThrowable(call::read)).isNotNull();
    assertThat(call.isGoneWithin(1_000)).isTrue();
  }

  @Test
  void aClientThatOnlyEndsItsSendingSideGetsItsAnswer() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      client.shutdownOutput();
      Call call = server.program.next();

      call.answer("hello");

      assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 200 OK");
      assertThat(call.gone.getCount()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatStaysIsNotTakenForGone() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200);
      client.readHead();

      assertThat(call.isGoneWithin(1_000)).isFalse();
      call.write("late").end();
      assertThat(client.readChunk()).isEqualTo("late");
    }
  }

  @Test
  void theNextRequestIsKeptWhileTheFirstIsBeingAnswered() throws Exception {
    try (RawClient client = server.connect().get("/1")) {
      Call first = server.program.next().head(200).write("a");
      client.readHead();
      client.readChunk();
      client.get("/2");

      first.write("b");
      assertThat(client.readChunk()).isEqualTo("b");
      first.end();
      assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("\r\n0\r\n\r\n");

      server.program.next().answer("second");
      assertThat(client.readUntil("second")).startsWith("HTTP/1.1 200 OK");
    }
  }
}
