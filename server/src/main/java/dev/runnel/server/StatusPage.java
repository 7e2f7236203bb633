package dev.runnel.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
 * server. Also answers requests that Jetty refuses by itself.
 */
final class StatusPage implements Request.Handler {

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
}
