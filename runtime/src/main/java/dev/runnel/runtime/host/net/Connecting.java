package dev.runnel.runtime.host.net;

import dev.runnel.engine.HostError;
import dev.runnel.runtime.http.Egress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Looks a host up and connects to the first of its addresses that answers. What is checked against
 * the grants is the very address that is connected to.
 *
 * @param family 4 or 6 for addresses of that family only, 0 for both
 */
record Connecting(Egress egress, String host, int port, int family) {
  private static final int PATIENCE_MILLISECONDS = 120_000;

  TcpLink connect() {
    List<InetAddress> addresses = allowed();
    for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
      try {
        return connectTo(address);
      } catch (IOException e) {
        // The next address may answer.
      }
    }
    try {
      return connectTo(addresses.getLast());
    } catch (IOException e) {
      throw SocketErrors.of(e);
    }
  }

  private List<InetAddress> allowed() {
    if (!egress.mayAllow(host, port)) {
      throw refused();
    }
    List<InetAddress> addresses =
        lookUp(host, family).stream()
            .filter(address -> egress.allows(host, port, address))
            .toList();
    if (addresses.isEmpty()) {
      throw refused();
    }
    return addresses;
  }

  private HostError refused() {
    return HostError.system("EACCES", "%s", Egress.refusal(host, port));
  }

  /** Never empty. */
  static List<InetAddress> lookUp(String host, int family) {
    List<InetAddress> found;
    try {
      found = Arrays.stream(InetAddress.getAllByName(host)).toList();
    } catch (UnknownHostException e) {
      throw SocketErrors.of(e);
    }
    List<InetAddress> wanted =
        found.stream()
            .filter(address -> family == 0 || (address instanceof Inet4Address) == (family == 4))
            .toList();
    if (wanted.isEmpty()) {
      throw HostError.system("ENOTFOUND", "%s has no IPv%d address", host, family);
    }
    return wanted;
  }

  private TcpLink connectTo(InetAddress address) throws IOException {
    var socket = new Socket();
    boolean connected = false;
    try {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLISECONDS);
      var link = new TcpLink(socket);
      connected = true;
      return link;
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }
}
