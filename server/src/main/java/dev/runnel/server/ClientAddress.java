package dev.runnel.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An address as limits count it: the whole of an IPv4 one, the first half of an IPv6 one. */
record ClientAddress(String name) {
  private static final int PREFIX_BYTES = 8;

  static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new ClientAddress(
        HexFormat.of()
            .formatHex(
                address instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes));
  }

  /** Empty when it is no address: what a proxy tells may hide it. */
  static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
