package dev.runnel.server;

import dev.runnel.runtime.http.Network;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A front door with one port and an {@link EchoProgram} behind it. */
final class EchoServer implements AutoCloseable {
  final EchoProgram program = new EchoProgram();
  private final JettyNetwork network;
  private final Network.Listener listener;

  EchoServer(ServerOptions options) throws Exception {
    network = new JettyNetwork(options);
    listener = TestServer.listen(network, TestServer.anyPort(), program).get(10, TimeUnit.SECONDS);
  }

  RawClient connect() throws IOException {
    return new RawClient(listener.address());
  }

  @Override
  public void close() {
    network.close();
  }
}
