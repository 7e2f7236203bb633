package dev.runnel.runtime.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Fields that belong to one connection and are not passed on to another (RFC 9110, section 7.6.1).
 */
public final class HopByHop {
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HopByHop() {}

  /** The headers without such fields, those that a Connection field names included. */
  public static List<Header> without(List<Header> headers) {
    Set<String> dropped = named(headers);
    List<Header> kept = new ArrayList<>(headers.size());
    for (Header header : headers) {
      if (!dropped.contains(lower(header.name()))) {
        kept.add(header);
      }
    }
    return kept;
  }

  private static Set<String> named(List<Header> headers) {
    Set<String> names = ALWAYS;
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("connection")) {
        names = names == ALWAYS ? new HashSet<>(ALWAYS) : names;
        for (String name : header.value().split(",")) {
          names.add(lower(name.strip()));
        }
      }
    }
    return names;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
