package dev.runnel.server;

import dev.runnel.runtime.http.HeaderRules;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * Requests that Jetty lets pass and this server refuses, since another server in front of it may
 * see something else in them, or since they would do harm.
 */
final class RequestRules {
  static final int FINE = 0;

  private RequestRules() {}

  /** The status of the refusal, or {@link #FINE}. */
  static int refusal(Request request) {
    String method = request.getMethod();
    if (HttpMethod.CONNECT.is(method) || HttpMethod.TRACE.is(method)) {
      return HttpStatus.METHOD_NOT_ALLOWED_405;
    }
    if (!isToken(method)) {
      return HttpStatus.BAD_REQUEST_400;
    }
    boolean ambiguous =
        request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) && !isChunked(request);
    HttpURI target = request.getHttpURI();
    return ambiguous || target.getUser() != null || target.getFragment() != null
        ? HttpStatus.BAD_REQUEST_400
        : FINE;
  }

  private static boolean isToken(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if (c < 'A' || c > 'Z') {
        return HeaderRules.isToken(method);
      }
    }
    return true;
  }

  /**
   * RFC 9112, section 6.1: other codings are not undone here, and HTTP/1.0 has none, so where such
   * a body ends is anybody's guess.
   */
  private static boolean isChunked(Request request) {
    List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
        && codings.size() == 1
        && codings.getFirst().equalsIgnoreCase("chunked");
  }
}
