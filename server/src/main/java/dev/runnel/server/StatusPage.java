package dev.runnel.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The answer when there is none: the status in plain text and nothing about the inside of this
 * server. Also answers requests that Jetty refuses by itself, and tells those who observe requests
 * of them: nobody else sees them.
 */
final class StatusPage implements Request.Handler {
  private static final String HEAD_LIMIT = "head";

  private final List<RequestObserver> observers;

  StatusPage(List<RequestObserver> observers) {
    this.observers = observers;
  }

  static ByteBuffer text(int status) {
    return StandardCharsets.UTF_8.encode("%d %s\n".formatted(status, reason(status)));
  }

  /** RFC 9110's phrase, which Jetty shortens for this one. */
  static String reason(int status) {
    return status == HttpStatus.INTERNAL_SERVER_ERROR_500
        ? "Internal Server Error"
        : HttpStatus.getMessage(status);
  }

  /** What follows a refused request may not be what it looks like. */
  static void closeAfter(Request request, Response response) {
    if (request.getConnectionMetaData().getHttpVersion().getVersion() < 20) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refusal) {
      response.setStatus(refusal.getCode());
      closeAfter(request, response);
      note(request, refusal.getCode());
    }
    int status = response.getStatus();
    if (HttpStatus.hasNoBody(status)) {
      response.write(true, null, callback);
    } else {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.write(true, text(status), callback);
    }
    return true;
  }

  private void note(Request request, int status) {
    if (observers.isEmpty() || RequestCourse.isNoted(request)) {
      return;
    }
    String client = Request.getRemoteAddr(request);
    RequestCourse course = new RequestCourse(request, client, Optional.empty(), observers);
    course.head(status);
    boolean isTooLong =
        status == HttpStatus.URI_TOO_LONG_414
            || status == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
    course.limit(isTooLong ? HEAD_LIMIT : "");
  }
}
