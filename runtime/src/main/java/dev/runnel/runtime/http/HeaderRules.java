package dev.runnel.runtime.http;

import dev.runnel.engine.HostError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What may stand in a head, checked here because a guest can replace any check that runs in
 * JavaScript (RFC 9110, sections 5.1 and 5.5).
 */
public final class HeaderRules {
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";
  private static final int MAX_HEADERS = 1000;

  private HeaderRules() {}

  /** Parses name, value, name, value … joined by line feeds. */
  public static List<Header> parse(String joined) {
    if (joined.isEmpty()) {
      return List.of();
    }
    String[] parts = joined.split("\n", -1);
    if (parts.length % 2 != 0 || parts.length > 2 * MAX_HEADERS) {
      throw HostError.type("ERR_INVALID_CHAR", "The response's headers are malformed or too many.");
    }
    List<Header> headers = new ArrayList<>(parts.length / 2);
    for (int i = 0; i < parts.length; i += 2) {
      headers.add(checked(parts[i], parts[i + 1]));
    }
    return headers;
  }

  /** The other way round, for a request's headers. */
  public static String join(List<Header> headers) {
    return join(headers, UnaryOperator.identity());
  }

  /** The same with the names as the Web's Headers show them. */
  public static String joinInLowerCase(List<Header> headers) {
    return join(headers, name -> name.toLowerCase(Locale.ROOT));
  }

  private static String join(List<Header> headers, UnaryOperator<String> spelling) {
    var joined = new StringBuilder();
    for (Header header : headers) {
      if (!joined.isEmpty()) {
        joined.append('\n');
      }
      joined.append(spelling.apply(header.name())).append('\n').append(header.value());
    }
    return joined.toString();
  }

  public static int status(int status, int lowest) {
    if (status < lowest || status > 999) {
      throw HostError.range("ERR_HTTP_INVALID_STATUS_CODE", "Invalid status code: %d", status);
    }
    return status;
  }

  public static String reason(String reason) {
    if (!isFieldText(reason)) {
      throw HostError.type("ERR_INVALID_CHAR", "Invalid character in statusMessage");
    }
    return reason;
  }

  private static Header checked(String name, String value) {
    if (!isToken(name)) {
      throw HostError.type(
          "ERR_INVALID_HTTP_TOKEN", "Header name must be a valid HTTP token [\"%s\"]", name);
    }
    if (!isFieldText(value)) {
      throw HostError.type(
          "ERR_INVALID_CHAR", "Invalid character in header content [\"%s\"]", name);
    }
    return new Header(name, value);
  }

  /** What a field's name consists of. */
  public static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(HeaderRules::isTokenChar);
  }

  private static boolean isTokenChar(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || TOKEN_PUNCTUATION.indexOf(c) >= 0;
  }

  /** What a field's value or a reason phrase consists of: no line ends above all. */
  public static boolean isFieldText(String text) {
    return text.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff);
  }
}
