package dev.runnel.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.QuotedCSV;
import org.eclipse.jetty.util.HostPort;

/**
 * Where a request comes from in truth, as proxies told that are trusted: {@code Forwarded} (RFC
 * 7239), or where there is none {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}.
 *
 * @param address the last address that isn't one of a trusted proxy
 * @param scheme and {@code authority}: what the client asked the outermost trusted proxy for, where
 *     it is told
 */
record Origin(String address, Optional<String> scheme, Optional<String> authority) {

  /** One hop, as the proxy that took it saw it. */
  private record Hop(String address, Optional<String> scheme, Optional<String> authority) {}

  /**
   * @param peer the other end of the connection, which is trusted
   */
  static Origin told(String peer, HttpFields headers, TrustedProxies trusted) {
    List<Hop> hops = headers.contains("Forwarded") ? forwarded(headers) : xForwarded(peer, headers);
    Origin origin = new Origin(peer, Optional.empty(), Optional.empty());
    for (Hop hop : hops.reversed()) {
      if (!trusted.trusts(origin.address())) {
        break;
      }
      Optional<String> scheme = hop.scheme().filter(Origin::isScheme);
      Optional<String> authority = hop.authority().filter(Origin::isAuthority);
      // What hides its address or has none ends the walk at the last one that is known.
      origin =
          new Origin(
              address(hop.address()).orElse(""),
              scheme.or(origin::scheme),
              authority.or(origin::authority));
    }
    return origin;
  }

  private static List<Hop> forwarded(HttpFields headers) {
    List<Hop> hops = new ArrayList<>();
    for (HttpField field : headers.getFields("Forwarded")) {
      for (String element : new QuotedCSV(true, field.getValue()).getValues()) {
        hops.add(
            new Hop(
                parameter(element, "for").orElse(""),
                parameter(element, "proto"),
                parameter(element, "host")));
      }
    }
    return hops;
  }

  private static Optional<String> parameter(String element, String name) {
    for (String pair : element.split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
        String value = QuotedCSV.unquote(pair.substring(equals + 1).strip());
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** Only the address is a list of hops; the others are the outermost proxy's. */
  private static List<Hop> xForwarded(String peer, HttpFields headers) {
    List<Hop> hops = new ArrayList<>();
    Optional<String> scheme = last(headers, "X-Forwarded-Proto");
    Optional<String> authority = last(headers, "X-Forwarded-Host");
    for (String address : headers.getCSV("X-Forwarded-For", false)) {
      hops.add(new Hop(address, scheme, authority));
    }
    if (hops.isEmpty() && (scheme.isPresent() || authority.isPresent())) {
      hops.add(new Hop(peer, scheme, authority));
    }
    return hops;
  }

  private static Optional<String> last(HttpFields headers, String name) {
    List<String> values = headers.getCSV(name, false);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  /** {@code 1.2.3.4}, {@code 1.2.3.4:80}, {@code [::1]:80} or {@code ::1}. */
  private static Optional<String> address(String node) {
    String bare = node;
    if (node.startsWith("[") && node.indexOf(']') > 0) {
      bare = node.substring(1, node.indexOf(']'));
    } else if (node.indexOf(':') >= 0 && node.indexOf(':') == node.lastIndexOf(':')) {
      bare = node.substring(0, node.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare).getHostAddress());
    } catch (IllegalArgumentException hidden) {
      return Optional.empty();
    }
  }

  private static boolean isScheme(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("http") || lower.equals("https");
  }

  private static boolean isAuthority(String text) {
    try {
      HostPort parsed = new HostPort(text);
      return !parsed.getHost().isEmpty() && text.matches("[\\[\\]:.A-Za-z0-9_-]+");
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
