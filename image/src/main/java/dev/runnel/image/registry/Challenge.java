package dev.runnel.image.registry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server wants to know of who asks: the first challenge of a {@code WWW-Authenticate} field
 * whose scheme is Basic or Bearer (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  static Optional<Challenge> parse(String field) {
    int space = field.indexOf(' ');
    String scheme = (space < 0 ? field : field.substring(0, space)).toLowerCase(Locale.ROOT);
    if (!scheme.equals("basic") && !scheme.equals("bearer")) {
      return Optional.empty();
    }
    return Optional.of(
        new Challenge(scheme, parameters(space < 0 ? "" : field.substring(space + 1))));
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new TreeMap<>();
    int at = 0;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      String name = text.substring(at, equals).replace(",", "").strip().toLowerCase(Locale.ROOT);
      boolean isQuoted = equals + 1 < text.length() && text.charAt(equals + 1) == '"';
      int start = isQuoted ? equals + 2 : equals + 1;
      int end = text.indexOf(isQuoted ? '"' : ',', start);
      end = end < 0 ? text.length() : end;
      parameters.put(name, text.substring(start, end).strip());
      at = end + 1;
    }
    return parameters;
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
