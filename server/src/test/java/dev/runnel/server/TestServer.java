package dev.runnel.server;

import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A front door with one port and a {@link FakeProgram} behind it. */
final class TestServer implements AutoCloseable {
  final FakeProgram program = new FakeProgram();
  final JettyNetwork network;
  final Network.Listener listener;

  TestServer() throws Exception {
    this(ServerOptions.DEFAULT);
  }

  TestServer(ServerOptions options) throws Exception {
    network = new JettyNetwork(options);
    listener = listen(network, anyPort(), program).get(10, TimeUnit.SECONDS);
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static CompletableFuture<Network.Listener> listen(
      Network network, InetSocketAddress address, RequestHandler handler) {
    CompletableFuture<Network.Listener> opened = new CompletableFuture<>();
    network.listen(
        address,
        handler,
        new Network.Opened() {
          @Override
          public void listening(Network.Listener listener) {
            opened.complete(listener);
          }

          @Override
          public void failed(String code, String message) {
            opened.completeExceptionally(new IOException(code + " | " + message));
          }
        });
    return opened;
  }

  RawClient connect() throws IOException {
    return new RawClient(listener.address());
  }

  @Override
  public void close() {
    network.close();
  }
}
