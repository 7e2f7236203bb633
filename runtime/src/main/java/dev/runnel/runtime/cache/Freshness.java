package dev.runnel.runtime.cache;

import dev.runnel.runtime.http.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long a response may be kept: what its Cache-Control and Expires say to shared caches (RFC
 * 9111, section 4.2.1), else what Cloudflare keeps statuses for.
 * https://developers.cloudflare.com/workers/runtime-apis/cache/
 */
final class Freshness {
  private static final Duration USUAL = Duration.ofMinutes(120);
  private static final Duration OF_REDIRECTS = Duration.ofMinutes(20);
  private static final Duration OF_MISSES = Duration.ofMinutes(3);
  private static final long MOST_SECONDS = 365L * 24 * 3600;

  private Freshness() {}

  /** Zero for what must not be kept. */
  static Duration of(int status, List<Header> headers, Instant now) {
    Map<String, String> directives = directives(headers);
    boolean hasCookie = value(headers, "set-cookie").isPresent();
    boolean mayDropCookie =
        directives.getOrDefault("private", "").toLowerCase(Locale.ROOT).contains("set-cookie");
    if (hasCookie && !mayDropCookie
        || directives.containsKey("no-store")
        || directives.containsKey("no-cache")
        || directives.containsKey("private") && !mayDropCookie) {
      return Duration.ZERO;
    }
    for (String name : List.of("s-maxage", "max-age")) {
      if (directives.containsKey(name)) {
        return seconds(directives.get(name));
      }
    }
    Optional<String> expires = value(headers, "expires");
    return expires.isPresent() ? until(expires.get(), now) : usual(status);
  }

  private static Duration usual(int status) {
    return switch (status) {
      case 200, 301 -> USUAL;
      case 302, 303 -> OF_REDIRECTS;
      case 404, 410 -> OF_MISSES;
      default -> Duration.ZERO;
    };
  }

  private static Duration seconds(String text) {
    boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      return Duration.ZERO;
    }
    long seconds = text.length() > 10 ? MOST_SECONDS : Long.parseLong(text);
    return Duration.ofSeconds(Math.min(seconds, MOST_SECONDS));
  }

  private static Duration until(String date, Instant now) {
    return instant(date)
        .map(expires -> Duration.between(now, expires))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Lower-case name → value without quotes, "" for none. */
  private static Map<String, String> directives(List<Header> headers) {
    Map<String, String> directives = new HashMap<>();
    for (String part : value(headers, "cache-control").orElse("").split(",")) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      String value = equals < 0 ? "" : part.substring(equals + 1).strip().replace("\"", "");
      directives.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }
    return directives;
  }

  static Optional<String> value(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
