package dev.runnel.cli;

import java.util.Comparator;
import java.util.Locale;

/**
 * Where requests have to go to reach an app.
 *
 * @param host a name in lower case, {@code *.} and a name for all below it, or empty for any
 * @param path a prefix that ends at a segment's end, without a slash at its own; empty for any
 */
record AppRoute(String host, String path) {
  /** Those that say most first. */
  static final Comparator<AppRoute> MOST_EXACT_FIRST =
      Comparator.comparingInt(AppRoute::hostRank).thenComparingInt(AppRoute::pathLength).reversed();

  static AppRoute of(String host, String path) {
    String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new AppRoute(host.toLowerCase(Locale.ROOT), prefix);
  }

  /** A name says more than a wildcard, a longer one more than a shorter one. */
  private int hostRank() {
    return host.startsWith("*") ? host.length() : host.isEmpty() ? 0 : 1_000 + host.length();
  }

  private int pathLength() {
    return path.length();
  }

  boolean matches(String askedHost, String askedPath) {
    return matchesHost(askedHost) && matchesPath(askedPath);
  }

  private boolean matchesHost(String asked) {
    return host.isEmpty()
        || (host.startsWith("*.") ? asked.endsWith(host.substring(1)) : asked.equals(host));
  }

  private boolean matchesPath(String asked) {
    return asked.startsWith(path)
        && (asked.length() == path.length()
            || asked.charAt(path.length()) == '/'
            || asked.charAt(path.length()) == '?');
  }

  @Override
  public String toString() {
    return (host.isEmpty() ? "any host" : host) + (path.isEmpty() ? "/" : path);
  }
}
