package dev.runnel.server;

import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;

/** One line a request: who, what, the status, bytes sent and how long it took. */
final class AccessLog {
  private AccessLog() {}

  static void follow(Request request, HttpExchange exchange, Consumer<String> log) {
    String who = Request.getRemoteAddr(request);
    String what = request.getMethod() + " " + request.getHttpURI().getPathQuery();
    long began = System.nanoTime();
    Request.addCompletionListener(
        request, failure -> log.accept(line(who, what, exchange, began, failure != null)));
  }

  private static String line(
      String who, String what, HttpExchange exchange, long began, boolean cut) {
    double millis = (System.nanoTime() - began) / 1e6;
    return "%s \"%s\" %d %.1f ms%s"
        .formatted(
            LogText.oneLine(who),
            LogText.oneLine(what),
            exchange.status(),
            millis,
            cut ? " cut off" : "");
  }
}
