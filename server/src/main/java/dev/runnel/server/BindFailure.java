package dev.runnel.server;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Why a port could not be opened, in Node's words. */
record BindFailure(String code, String message) {

  static BindFailure of(Exception cause, InetSocketAddress address) {
    String code = code(cause);
    if (code.equals("ENOTFOUND")) {
      return new BindFailure(code, "getaddrinfo ENOTFOUND " + address.getHostString());
    }
    return new BindFailure(code, "listen %s: %s %s".formatted(code, reason(code), place(address)));
  }

  /** The JDK tells the kinds apart by the system's message only. */
  private static String code(Exception cause) {
    if (cause instanceof UnresolvedAddressException) {
      return "ENOTFOUND";
    }
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("permission denied")) {
      return "EACCES";
    }
    if (text.contains("cannot assign") || text.contains("can't assign")) {
      return "EADDRNOTAVAIL";
    }
    return text.contains("in use") ? "EADDRINUSE" : "EINVAL";
  }

  private static String reason(String code) {
    return switch (code) {
      case "EADDRINUSE" -> "address already in use";
      case "EACCES" -> "permission denied";
      case "EADDRNOTAVAIL" -> "address not available";
      default -> "invalid argument";
    };
  }

  private static String place(InetSocketAddress address) {
    return host(address) + ":" + address.getPort();
  }

  /** The two addresses of IPv6 that matter here are written short, as Node does. */
  private static String host(InetSocketAddress address) {
    if (!(address.getAddress() instanceof Inet6Address ip)) {
      return address.getAddress().getHostAddress();
    }
    return ip.isAnyLocalAddress() ? "::" : ip.isLoopbackAddress() ? "::1" : ip.getHostAddress();
  }
}
