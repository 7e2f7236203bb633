package dev.runnel.server.fetch;

import dev.runnel.runtime.http.Egress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks up hosts and gives those of their addresses that may be connected to. Jetty connects to
 * what comes from here and looks nothing up itself.
 */
final class CheckedResolver implements SocketAddressResolver {
  private final Egress egress;
  private final Executor executor;

  CheckedResolver(Egress egress, Executor executor) {
    this.egress = egress;
    this.executor = executor;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    executor.execute(
        () -> {
          try {
            promise.succeeded(allowed(host, port));
          } catch (UnknownHostException | EgressException e) {
            promise.failed(e);
          }
        });
  }

  private List<InetSocketAddress> allowed(String host, int port)
      throws UnknownHostException, EgressException {
    List<InetSocketAddress> addresses =
        Arrays.stream(InetAddress.getAllByName(host))
            .filter(address -> egress.allows(host, port, address))
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    if (addresses.isEmpty()) {
      throw new EgressException(Egress.refusal(host, port));
    }
    return addresses;
  }
}
