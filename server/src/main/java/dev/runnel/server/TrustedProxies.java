package dev.runnel.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks whose word on where a request came from is taken: {@code 10.0.0.0/8}, {@code ::1}.
 * Nobody's, by default.
 */
public final class TrustedProxies {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private record Network(byte[] address, int bits) {
    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * @throws IllegalArgumentException in a sentence, when one is neither an address nor a network
   */
  public static TrustedProxies of(List<String> networks) {
    List<Network> parsed = new ArrayList<>();
    networks.forEach(network -> parsed.add(network(network)));
    return new TrustedProxies(List.copyOf(parsed));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] address =
          InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= address.length * 8) {
        return new Network(address, bits);
      }
    } catch (IllegalArgumentException notOne) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "\"%s\" is not an address or a network such as 10.0.0.0/8.".formatted(text));
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  boolean trusts(InetAddress address) {
    byte[] bytes = address.getAddress();
    return networks.stream().anyMatch(network -> network.holds(bytes));
  }

  /** A name is never trusted, and never looked up. */
  boolean trusts(String literal) {
    try {
      return !isEmpty() && trusts(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
