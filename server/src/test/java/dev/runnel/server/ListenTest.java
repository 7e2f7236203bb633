package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.runtime.http.Network;
import dev.runnel.server.FakeProgram.Call;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenTest {
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Throwable failureOf(CompletableFuture<Network.Listener> opened) throws Exception {
    return opened
        .handle((_, failure) -> failure == null ? new AssertionError("It opened.") : failure)
        .get(5, TimeUnit.SECONDS);
  }

  @Test
  void port0IsAFreeOne() {
    assertThat(server.listener.address().getPort()).isPositive();
  }

  @Test
  void aTakenPortFailsAsInNode() throws Exception {
    int port = server.listener.address().getPort();

    Throwable failure =
        failureOf(TestServer.listen(server.network, server.listener.address(), server.program));

    assertThat(failure)
        .hasMessage("EADDRINUSE | listen EADDRINUSE: address already in use 127.0.0.1:%d", port);
  }

  @Test
  void aTakenPortOnEveryInterfaceIsWrittenAsNodeDoes() throws Exception {
    Network.Listener open =
        TestServer.listen(server.network, new InetSocketAddress("::", 0), server.program)
            .get(5, TimeUnit.SECONDS);

    Throwable failure =
        failureOf(
            TestServer.listen(
                server.network,
                new InetSocketAddress("::", open.address().getPort()),
                server.program));

    assertThat(failure).hasMessageEndingWith("in use :::" + open.address().getPort());
  }

  @Test
  void anAddressOfAnotherMachineFailsAsInNode() throws Exception {
    Throwable failure =
        failureOf(
            TestServer.listen(
                server.network, new InetSocketAddress("192.0.2.1", 8080), server.program));

    assertThat(failure)
        .hasMessage("EADDRNOTAVAIL | listen EADDRNOTAVAIL: address not available 192.0.2.1:8080");
  }

  @Test
  void anAddressMayBeGivenAsItsName() throws Exception {
    Network.Listener named =
        TestServer.listen(
                server.network, InetSocketAddress.createUnresolved("127.0.0.1", 0), server.program)
            .get(5, TimeUnit.SECONDS);

    assertThat(named.address().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void anUnknownHostFailsAsInNode() throws Exception {
    Throwable failure =
        failureOf(
            TestServer.listen(
                server.network,
                InetSocketAddress.createUnresolved("nowhere.invalid", 1),
                server.program));

    assertThat(failure).hasMessage("ENOTFOUND | getaddrinfo ENOTFOUND nowhere.invalid");
  }

  @Test
  void eachPortHasItsOwnProgram() throws Exception {
    FakeProgram other = new FakeProgram();
    Network.Listener second =
        TestServer.listen(server.network, TestServer.anyPort(), other).get(5, TimeUnit.SECONDS);

    try (RawClient client = new RawClient(second.address()).get("/")) {
      other.next().answer("other");
      assertThat(client.readUntil("other")).startsWith("HTTP/1.1 200 OK");
      assertThat(server.program.wasAsked()).isFalse();
    }
  }

  @Test
  void closingAPortLetsAStreamFinishAndTakesNoNewConnection() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200).write("part");
      client.readHead();
      CountDownLatch closed = new CountDownLatch(1);

      server.listener.close(closed::countDown);

      // The kernel takes connections until the thread that accepts them has let go of the port.
      Await.until(() -> catchThrowable(() -> server.connect().close()) instanceof ConnectException);
      assertThat(closed.getCount()).isEqualTo(1);
      call.write("rest").end();
      assertThat(client.readToEnd()).contains("part").endsWith("4\r\nrest\r\n0\r\n\r\n");
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingAPortEndsConnectionsThatWaitForARequest() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      server.program.next().answer("hello");
      client.readUntil("hello");
      CountDownLatch closed = new CountDownLatch(1);

      server.listener.close(closed::countDown);

      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aClosedPortCanBeOpenedAgain() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    server.listener.close(closed::countDown);
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();

    Network.Listener again =
        TestServer.listen(server.network, server.listener.address(), server.program)
            .get(5, TimeUnit.SECONDS);

    try (RawClient client = new RawClient(again.address()).get("/")) {
      server.program.next().answer("again");
      assertThat(client.readUntil("again")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void drainingTellsWhetherEverythingHasEnded() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200);
      client.readHead();

      assertThat(server.network.drain(Duration.ofMillis(50))).isFalse();
      call.end();
      Await.until(() -> isClosed(client));
    }
  }

  @Test
  void closingTheServerCutsOffWhatIsOpenAndTellsTheProgram() throws Exception {
    try (RawClient client = server.connect().get("/")) {
      Call call = server.program.next().head(200);
      client.readHead();

      server.close();

      assertThat(call.isGoneWithin(2_000)).isTrue();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  private static boolean isClosed(RawClient client) {
    try {
      client.readToEnd();
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
