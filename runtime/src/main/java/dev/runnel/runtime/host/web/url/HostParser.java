package dev.runnel.runtime.host.web.url;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The host parser and serializer, section 3.5. */
final class HostParser {
  private static final String FORBIDDEN_HOST = "\0\t\n\r #/:<>?@[\\]^|";

  private HostParser() {}

  /** The serialized host; empty when the input is no host. */
  static Optional<String> parse(String input, boolean isOpaque) {
    if (input.startsWith("[")) {
      return input.endsWith("]")
          ? Ipv6.parse(input.substring(1, input.length() - 1))
              .map(pieces -> "[" + Ipv6.serialize(pieces) + "]")
          : Optional.empty();
    }
    return isOpaque ? parseOpaque(input) : parseDomain(input);
  }

  private static Optional<String> parseOpaque(String input) {
    return hasAny(input, FORBIDDEN_HOST)
        ? Optional.empty()
        : Optional.of(PercentEncoding.encode(input, PercentEncoding.Set.C0_CONTROL));
  }

  private static Optional<String> parseDomain(String input) {
    return toAscii(decode(input))
        .filter(domain -> !domain.isEmpty() && !hasForbiddenDomainCharacter(domain))
        .flatMap(
            domain ->
                Ipv4.endsInNumber(domain)
                    ? Ipv4.parse(domain).map(Ipv4::serialize)
                    : Optional.of(domain));
  }

  private static String decode(String input) {
    return input.indexOf('%') < 0
        ? input
        : new String(PercentEncoding.decode(input), StandardCharsets.UTF_8);
  }

  /** Most names need no Unicode processing, and so none of its tables. */
  private static Optional<String> toAscii(String domain) {
    boolean isPlain = domain.chars().allMatch(c -> c < 0x80);
    String lower = isPlain ? domain.toLowerCase(Locale.ROOT) : domain;
    return isPlain && !lower.startsWith("xn--") && !lower.contains(".xn--")
        ? Optional.of(lower)
        : Idna.toAscii(domain);
  }

  private static boolean hasForbiddenDomainCharacter(String domain) {
    return domain.chars().anyMatch(c -> c <= 0x1F || c == '%' || c == 0x7F)
        || hasAny(domain, FORBIDDEN_HOST);
  }

  private static boolean hasAny(String text, String characters) {
    return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
  }
}
