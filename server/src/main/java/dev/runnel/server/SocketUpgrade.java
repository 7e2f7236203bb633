package dev.runnel.server;

import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.server.socket.Compression;
import dev.runnel.server.socket.JettySocket;
import dev.runnel.server.socket.PerMessageDeflate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** Makes a connection a WebSocket when a program has decided so. */
final class SocketUpgrade implements WebSocketNegotiator {
  private final SocketAnswer answer;
  private final JettySocket socket;

  private SocketUpgrade(SocketAnswer answer, SocketEvents events) {
    this.answer = answer;
    this.socket = new JettySocket(events, answer.longest());
  }

  /** Answers 426 when the request didn't ask for it. */
  static void of(
      Request request,
      Response response,
      Callback callback,
      SocketAnswer answer,
      SocketEvents events) {
    var upgrade = new SocketUpgrade(answer, events);
    var components =
        PerMessageDeflate.in(
            WebSocketServerComponents.ensureWebSocketComponents(
                request.getConnectionMetaData().getConnector().getServer()));
    try {
      boolean begun =
          new WebSocketMappings(components)
              .upgrade(upgrade, request, response, callback, upgrade::customize);
      if (!begun) {
        events.failed(0, "The request didn't ask for a WebSocket.");
        response.getHeaders().put("Upgrade", "websocket");
        Response.writeError(request, response, callback, HttpStatus.UPGRADE_REQUIRED_426);
      }
    } catch (RuntimeException e) {
      events.failed(0, "The handshake failed: " + e.getMessage());
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
    }
  }

  @Override
  public JettySocket negotiate(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    response.setExtensions(Compression.answer(request.getExtensions()));
    if (!answer.protocol().isEmpty()) {
      response.setAcceptedSubProtocol(answer.protocol());
    }
    answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
    return socket;
  }

  @Override
  public void customize(Configuration configuration) {
    socket.configure(configuration);
  }
}
