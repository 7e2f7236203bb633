package dev.runnel.wasi;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.WorkerRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What a program is told of a request: the meta-variables of RFC 3875, section 4.1. */
final class CgiVariables {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private CgiVariables() {}

  /**
   * The variables, or nothing when the path can't be told: its percent-encoding is wrong, or hides
   * a NUL.
   */
  static Optional<SequencedMap<String, String>> of(WorkerRequest request) {
    URI url = URI.create(request.url());
    Optional<String> path = decoded(url.getRawPath());
    if (path.isEmpty()) {
      return Optional.empty();
    }
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("GATEWAY_INTERFACE", "CGI/1.1");
    variables.put("SERVER_SOFTWARE", "runnel");
    variables.put("SERVER_PROTOCOL", "HTTP/" + request.connection().httpVersion());
    variables.put("SERVER_NAME", String.valueOf(url.getHost()));
    variables.put("SERVER_PORT", Integer.toString(port(url)));
    variables.put("REQUEST_METHOD", request.method());
    variables.put("SCRIPT_NAME", "");
    variables.put("PATH_INFO", path.get());
    variables.put("QUERY_STRING", Optional.ofNullable(url.getRawQuery()).orElse(""));
    variables.put("REQUEST_URI", target(url));
    variables.put("REMOTE_ADDR", request.connection().remoteAddress());
    variables.put("REMOTE_PORT", Integer.toString(request.connection().remotePort()));
    if (url.getScheme().equals("https")) {
      variables.put("HTTPS", "on");
    }
    request.headers().forEach(header -> add(variables, header));
    return Optional.of(variables);
  }

  private static int port(URI url) {
    int usual = url.getScheme().equals("https") ? HTTPS : HTTP;
    return url.getPort() < 0 ? usual : url.getPort();
  }

  private static String target(URI url) {
    return url.getRawQuery() == null
        ? url.getRawPath()
        : url.getRawPath() + "?" + url.getRawQuery();
  }

  private static Optional<String> decoded(String path) {
    try {
      // A plus sign means itself in a path.
      String text = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Left out: what authenticates the client to this server (section 4.1.18), {@code Proxy}, which
   * programs would take for a setting of theirs, and names that look like others as variables.
   */
  private static void add(Map<String, String> variables, Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    switch (name) {
      case "content-type" -> variables.put("CONTENT_TYPE", header.value());
      case "content-length" -> variables.put("CONTENT_LENGTH", header.value());
      case "authorization", "proxy-authorization", "proxy", "connection", "transfer-encoding" -> {}
      default -> {
        if (name.chars().allMatch(CgiVariables::isPlain) && header.value().indexOf('\0') < 0) {
          String separator = name.equals("cookie") ? "; " : ", ";
          variables.merge(
              "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
              header.value(),
              (first, next) -> first + separator + next);
        }
      }
    }
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
  }

  /** The request that a local redirect asks for: section 6.2.2. */
  static WorkerRequest redirected(WorkerRequest request, String location) {
    URI target = URI.create(request.url()).resolve(location);
    List<Header> headers =
        request.headers().stream()
            .filter(header -> !header.name().toLowerCase(Locale.ROOT).startsWith("content-"))
            .toList();
    return new WorkerRequest(
        "GET", target.toString(), headers, RequestBody.EMPTY, request.connection());
  }
}
