package dev.runnel.runtime.host.intl;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the available locale for requested ones by taking subtags off, as V8 does for both of
 * ECMA-402's matchers.
 *
 * @param available tags
 */
record Matching(Set<String> available) {
  static Matching of(Service service) {
    return new Matching(Available.locales(service));
  }

  /**
   * What was found.
   *
   * @param locale the available locale
   * @param desired the requested tag that it was found for
   */
  record Match(String locale, String desired) {}

  Optional<Match> find(List<String> requested) {
    for (String tag : requested) {
      Optional<String> found = lookup(tag);
      if (found.isPresent()) {
        return Optional.of(new Match(found.get(), tag));
      }
    }
    return Optional.empty();
  }

  boolean isSupported(String tag) {
    return lookup(tag).isPresent();
  }

  /** BestAvailableLocale of ECMA-402. */
  private Optional<String> lookup(String tag) {
    String candidate = tag;
    while (!available.contains(candidate)) {
      int dash = candidate.lastIndexOf('-');
      if (dash < 0) {
        return Optional.empty();
      }
      boolean isAfterSingleton = dash >= 2 && candidate.charAt(dash - 2) == '-';
      candidate = candidate.substring(0, isAfterSingleton ? dash - 2 : dash);
    }
    return Optional.of(candidate);
  }
}
