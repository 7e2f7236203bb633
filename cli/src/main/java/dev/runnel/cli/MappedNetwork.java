package dev.runnel.cli;

import dev.runnel.cli.OptionValues.PortMapping;
import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Opens other ports than a program asks for, as {@code -p} says.
 *
 * @param mapped told of each mapped port that was opened: the program's number and the real address
 */
record MappedNetwork(
    Network real, List<PortMapping> mappings, BiConsumer<Integer, InetSocketAddress> mapped)
    implements Network {

  @Override
  public void listen(InetSocketAddress address, RequestHandler handler, Opened opened) {
    mappings.stream()
        .filter(mapping -> mapping.inner() == address.getPort())
        .findFirst()
        .ifPresentOrElse(
            mapping ->
                real.listen(
                    withPort(address, mapping.outer()), handler, tellingOf(address, opened)),
            () -> real.listen(address, handler, opened));
  }

  @Override
  public Idling idling() {
    return real.idling();
  }

  private static InetSocketAddress withPort(InetSocketAddress address, int port) {
    return address.isUnresolved()
        ? InetSocketAddress.createUnresolved(address.getHostString(), port)
        : new InetSocketAddress(address.getAddress(), port);
  }

  private Opened tellingOf(InetSocketAddress asked, Opened opened) {
    return new Opened() {
      @Override
      public void listening(Listener listener) {
        mapped.accept(asked.getPort(), listener.address());
        opened.listening(listener);
      }

      @Override
      public void failed(String code, String message) {
        opened.failed(code, message);
      }
    };
  }
}
