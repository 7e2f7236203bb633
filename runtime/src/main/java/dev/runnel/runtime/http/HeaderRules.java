package dev.runnel.runtime.http;

import dev.runnel.engine.HostError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * What may stand in a head, checked here because a guest can replace any check that runs in
 * JavaScript (RFC 9110, sections 5.1 and 5.5).
 */
public final class HeaderRules {
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (int c = 0; c < TOKEN.length; c++) {
      TOKEN[c] =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }
  }

  private static final int MAX_HEADERS = 1000;

  private HeaderRules() {}

  /** Parses name, value, name, value … joined by line feeds. */
  public static List<Header> parse(String joined) {
    if (joined.isEmpty()) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>();
    for (int at = 0; at <= joined.length(); ) {
      int name = joined.indexOf('\n', at);
      if (name < 0 || headers.size() == MAX_HEADERS) {
        throw HostError.type(
            "ERR_INVALID_CHAR", "The response's headers are malformed or too many.");
      }
      int value = joined.indexOf('\n', name + 1);
      int end = value < 0 ? joined.length() : value;
      headers.add(checked(joined.substring(at, name), joined.substring(name + 1, end)));
      at = end + 1;
    }
    return headers;
  }

  /** A final response's head, of header fields as {@link #parse} takes them. */
  public static ResponseHead head(int status, String reason, String joined) {
    return new ResponseHead(status(status, 200), reason(reason), parse(joined));
  }

  /** The other way round, for a request's headers. */
  public static String join(List<Header> headers) {
    var joined = new StringBuilder();
    join(headers, joined);
    return joined.toString();
  }

  /** The same at the end of a longer text. */
  public static void join(List<Header> headers, StringBuilder text) {
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      text.append(i == 0 ? "" : "\n").append(header.name()).append('\n').append(header.value());
    }
  }

  /** The same with the names as the Web's Headers show them. */
  public static String joinInLowerCase(List<Header> headers) {
    return join(
        headers.stream()
            .map(header -> new Header(header.name().toLowerCase(Locale.ROOT), header.value()))
            .toList());
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
    return !name.isEmpty() && all(name, HeaderRules::isTokenChar);
  }

  private static boolean all(String text, IntPredicate allowed) {
    for (int i = 0; i < text.length(); i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTokenChar(int c) {
    return c < TOKEN.length && TOKEN[c];
  }

  /** What a field's value or a reason phrase consists of: no line ends above all. */
  public static boolean isFieldText(String text) {
    return all(text, c -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff);
  }
}
