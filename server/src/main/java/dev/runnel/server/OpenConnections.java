package dev.runnel.server;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each address has open, or requests that trusted proxies pass on for it. Safe
 * from any thread.
 */
final class OpenConnections {
  private final AddressLimits limits;
  private final TrustedProxies proxies;
  private final ConcurrentHashMap<ClientAddress, Integer> open = new ConcurrentHashMap<>();

  OpenConnections(AddressLimits limits, TrustedProxies proxies) {
    this.limits = limits;
    this.proxies = proxies;
  }

  private boolean counts(InetAddress peer) {
    return (limits.countsLocal() || !peer.isLoopbackAddress()) && !proxies.trusts(peer);
  }

  /** False when the address has as many as it may; it then is not counted. */
  boolean opened(InetAddress peer) {
    if (!counts(peer)) {
      return true;
    }
    ClientAddress address = ClientAddress.of(peer);
    if (open.merge(address, 1, Integer::sum) <= limits.connections()) {
      return true;
    }
    released(address);
    return false;
  }

  /** Called once for each that was counted. */
  void closed(InetAddress peer) {
    if (counts(peer)) {
      released(ClientAddress.of(peer));
    }
  }

  private void released(ClientAddress address) {
    open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }
}
