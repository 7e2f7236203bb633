package dev.runnel.cli;

import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.server.assets.Assets;
import java.net.InetSocketAddress;

/** Opens ports at which requests for files are answered before a program is asked. */
record AssetNetwork(Network real, Assets assets) implements Network {

  @Override
  public void listen(InetSocketAddress address, RequestHandler handler, Opened opened) {
    real.listen(address, assets.before(handler), opened);
  }

  @Override
  public Idling idling() {
    return real.idling();
  }
}
