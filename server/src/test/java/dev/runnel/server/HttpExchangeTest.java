package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class HttpExchangeTest {

  @Test
  void aClientThatLeavesWhenItsAnswerIsCompleteFailsNothing() throws Exception {
    Answering handler = new Answering();
    Server server = new Server();
    LocalConnector connector = new LocalConnector(server);
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    try {
      connector.getResponse("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThatCode(handler.answered.join()::readSideClosed).doesNotThrowAnyException();
    } finally {
      server.stop();
    }
  }

  /** Completes each exchange at once. */
  private static final class Answering extends Handler.Abstract {
    final CompletableFuture<HttpExchange> answered = new CompletableFuture<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      HttpExchange exchange = new HttpExchange(request, callback, () -> {});
      exchange.completed();
      return answered.complete(exchange);
    }
  }
}
