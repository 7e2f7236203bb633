package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.server.admin.AdminServer;
import dev.runnel.server.admin.ServerMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLimitsTest {
  private static final ServerOptions TWO_CONNECTIONS =
      ServerOptions.DEFAULT.withAddresses(AddressLimits.DEFAULT.withConnections(2));

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void anAddressHasSoManyConnectionsAndNoMore() throws Exception {
    ServerOptions options = TWO_CONNECTIONS.withObserver(AccessLog.console(lines::add));
    try (TestServer server = new TestServer(options);
        RawClient first = server.connect();
        RawClient second = server.connect()) {
      answered(server, first);
      answered(server, second);

      try (RawClient third = server.connect().sendUnlessClosed("GET / HTTP/1.1\r\n")) {
        assertThat(third.isAtEnd()).isTrue();
      }

      assertThat(lines.poll(60, TimeUnit.SECONDS)).contains(" 200 ");
      assertThat(lines.poll(60, TimeUnit.SECONDS)).contains(" 200 ");
      assertThat(lines.poll(60, TimeUnit.SECONDS))
          .startsWith("127.0.0.1 ")
          .endsWith(" Runnel-Limit=connections");
      answered(server, first);
    }
  }

  @Test
  void aConnectionThatEndsMakesRoom() throws Exception {
    try (TestServer server = new TestServer(TWO_CONNECTIONS);
        RawClient first = server.connect()) {
      server.connect().close();
      answered(server, first);

      Await.until(() -> isLetIn(server));
    }
  }

  @Test
  void connectionsThatAreTurnedAwayAreCountedByTheirLimit() throws Exception {
    var metrics = new ServerMetrics();
    try (TestServer server = new TestServer(TWO_CONNECTIONS.withObserver(metrics));
        RawClient first = server.connect();
        RawClient second = server.connect();
        var admin = AdminServer.open(TestServer.anyPort(), metrics, () -> true)) {
      answered(server, first);
      answered(server, second);
      try (RawClient third = server.connect()) {
        assertThat(third.isAtEnd()).isTrue();
      }

      try (RawClient operator = new RawClient(admin.address())) {
        assertThat(operator.get("/metrics").readUntil("runnel_limits_hit_total{limit="))
            .isNotEmpty();
        assertThat(operator.readUntil("\n")).isEqualTo("\"connections\"} 1.0\n");
      }
    }
  }

  @Test
  void connectionsFromThisMachineAreNotCountedUnlessAsked() {
    InetAddress local = InetAddress.getLoopbackAddress();
    var usual = new OpenConnections(new AddressLimits(1, false, 0), TrustedProxies.NONE);
    var proxied =
        new OpenConnections(new AddressLimits(1, true, 0), TrustedProxies.of(List.of("127.0.0.1")));

    assertThat(usual.opened(local)).isTrue();
    assertThat(usual.opened(local)).isTrue();
    assertThat(proxied.opened(local)).isTrue();
    assertThat(proxied.opened(local)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofAClientBehindATrustedProxyTheOpenRequestsCount(boolean proxyProtocol) throws Exception {
    var proxies = TrustedProxies.of(List.of("127.0.0.1"));
    ServerOptions options =
        ServerOptions.DEFAULT
            .withAddresses(AddressLimits.DEFAULT.withConnections(1))
            .withObserver(AccessLog.console(lines::add))
            .withTransport(new Transport(Optional.empty(), proxies, proxyProtocol));
    BlockingQueue<ResponseSink> held = new LinkedBlockingQueue<>();
    try (var network = new JettyNetwork(options)) {
      var address =
          TestServer.listen(network, TestServer.anyPort(), holdingSome(held))
              .get(60, TimeUnit.SECONDS)
              .address();
      try (RawClient _ = new RawClient(address).send(asking("/held", "192.0.2.7", proxyProtocol))) {
        ResponseSink open = Optional.ofNullable(held.poll(60, TimeUnit.SECONDS)).orElseThrow();

        assertThat(head(address, "192.0.2.8", proxyProtocol)).startsWith("HTTP/1.1 200 ");
        assertThat(lines.poll(60, TimeUnit.SECONDS)).contains(" 200 ");
        assertThat(head(address, "192.0.2.7", proxyProtocol))
            .startsWith("HTTP/1.1 429 ")
            .containsIgnoringCase("\r\nretry-after: 1\r\n");
        assertThat(lines.poll(60, TimeUnit.SECONDS)).endsWith(" Runnel-Limit=connections");

        answerAtOnce(open);
        Await.until(() -> head(address, "192.0.2.7", proxyProtocol).startsWith("HTTP/1.1 200 "));
      }
    }
  }

  private static RequestHandler holdingSome(BlockingQueue<ResponseSink> held) {
    return (request, sink) -> {
      if (request.url().endsWith("/held")) {
        held.add(sink);
      } else {
        answerAtOnce(sink);
      }
      return () -> {};
    };
  }

  /** As a proxy passes a client's request on, by a header of the request or of the connection. */
  private static String asking(String path, String client, boolean proxyProtocol) {
    return proxyProtocol
        ? "PROXY TCP4 %s 192.0.2.1 99 80\r\nGET %s HTTP/1.1\r\nHost: a\r\n\r\n"
            .formatted(client, path)
        : "GET %s HTTP/1.1\r\nHost: a\r\nForwarded: for=%s\r\n\r\n".formatted(path, client);
  }

  private static String head(InetSocketAddress address, String client, boolean proxyProtocol) {
    try (RawClient one = new RawClient(address).send(asking("/", client, proxyProtocol))) {
      return one.readHead();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void halfOfAnIpv6AddressIsItsClients() throws Exception {
    var connections = new OpenConnections(new AddressLimits(1, false, 0), TrustedProxies.NONE);

    assertThat(connections.opened(InetAddress.ofLiteral("2001:db8:0:1::1"))).isTrue();
    assertThat(connections.opened(InetAddress.ofLiteral("2001:db8:0:1:ffff::2"))).isFalse();
    assertThat(connections.opened(InetAddress.ofLiteral("2001:db8:0:2::1"))).isTrue();
    connections.closed(InetAddress.ofLiteral("2001:db8:0:1::1"));
    assertThat(connections.opened(InetAddress.ofLiteral("2001:db8:0:1::3"))).isTrue();
  }

  @Test
  void whoAsksTooFastIsToldWhenToComeBack() throws Exception {
    ServerOptions options =
        ServerOptions.DEFAULT
            .withAddresses(AddressLimits.DEFAULT.withRequests(1))
            .withObserver(AccessLog.console(lines::add));
    try (var network = new JettyNetwork(options)) {
      var listener =
          TestServer.listen(network, TestServer.anyPort(), AddressLimitsTest::answerAtOnce)
              .get(60, TimeUnit.SECONDS);
      try (RawClient client = new RawClient(listener.address())) {
        client.sendUnlessClosed("GET / HTTP/1.1\r\nHost: test\r\n\r\n".repeat(100));

        String refusal = client.readUntil("HTTP/1.1 429 ") + client.readHead();
        assertThat(refusal)
            .startsWith("HTTP/1.1 200 ")
            .containsIgnoringCase("\r\nretry-after: 1\r\n")
            .containsIgnoringCase("\r\nconnection: close\r\n");
      }
      String line = "";
      while (!line.contains(" 429 ")) {
        line = Optional.ofNullable(lines.poll(60, TimeUnit.SECONDS)).orElseThrow();
      }
      assertThat(line).endsWith(" Runnel-Limit=request-rate");
    }
  }

  @Test
  void whoFindsTheQueueFullIsToldWhenToComeBack() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.connect().get("/")) {
      server.program.next().sink.fail(new ResponseFailure(503, "queue", "Too many wait."));

      assertThat(client.readHead())
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("\r\nretry-after: 1\r\n");
    }
  }

  @Test
  void aBucketFillsAgain() {
    var now = new AtomicLong();
    var rates = new RequestRates(10, now::get);
    var one = new ClientAddress("one");

    for (int i = 0; i < 20; i++) {
      assertThat(rates.secondsToWait(one)).isEmpty();
    }
    assertThat(rates.secondsToWait(one)).isEqualTo(OptionalInt.of(1));
    assertThat(rates.secondsToWait(new ClientAddress("other"))).isEmpty();
    now.addAndGet(100_000_000);
    assertThat(rates.secondsToWait(one)).isEmpty();
    assertThat(rates.secondsToWait(one)).isEqualTo(OptionalInt.of(1));
  }

  private static RequestHandler.Ticket answerAtOnce(WorkerRequest request, ResponseSink sink) {
    answerAtOnce(sink);
    return () -> {};
  }

  private static void answerAtOnce(ResponseSink sink) {
    sink.head(new ResponseHead(200, "", List.of()));
    sink.end(List.of());
    sink.flush();
  }

  private static void answered(TestServer server, RawClient client) throws Exception {
    client.get("/");
    server.program.next().head(200).write("yes").end();
    client.readUntil("yes");
    client.readUntil("\r\n0\r\n\r\n");
  }

  private static boolean isLetIn(TestServer server) {
    try (RawClient client = server.connect().sendUnlessClosed("FROB\r\n\r\n")) {
      return !client.isAtEnd();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
