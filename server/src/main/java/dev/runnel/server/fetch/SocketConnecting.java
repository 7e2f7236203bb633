package dev.runnel.server.fetch;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.SocketRequest;
import dev.runnel.server.socket.Compression;
import dev.runnel.server.socket.JettySocket;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.core.Configuration.ConfigurationCustomizer;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;

/** A WebSocket that a program opens, until it is open or has failed. */
final class SocketConnecting {
  private final SocketRequest request;
  private final SocketEvents events;
  private final AtomicBoolean told = new AtomicBoolean();

  SocketConnecting(SocketRequest request, SocketEvents events) {
    this.request = request;
    this.events = events;
  }

  void begin(WebSocketCoreClient client) throws IOException {
    var socket = new JettySocket(events, request.longest());
    URI uri =
        URI.create(
            "%s://%s:%d%s"
                .formatted(
                    request.secure() ? "wss" : "ws",
                    request.host(),
                    request.port(),
                    request.target()));
    CoreClientUpgradeRequest upgrade = CoreClientUpgradeRequest.from(client, uri, socket);
    upgrade.setConfiguration(configured(socket));
    upgrade.setSubProtocols(request.protocols());
    upgrade.addExtensions(Compression.offer());
    upgrade.headers(
        fields -> {
          for (Header header : request.headers()) {
            fields.put(header.name(), header.value());
          }
        });
    var _ =
        client
            .connect(upgrade)
            .exceptionally(
                cause -> {
                  failed(cause);
                  return null;
                });
  }

  private static ConfigurationCustomizer configured(JettySocket socket) {
    var customizer = new ConfigurationCustomizer();
    socket.configure(customizer);
    return customizer;
  }

  void failed(Throwable thrown) {
    if (!told.compareAndSet(false, true)) {
      return;
    }
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof UpgradeException refused && refused.getResponseStatusCode() > 0) {
      events.failed(refused.getResponseStatusCode(), String.valueOf(refused.getMessage()));
      return;
    }
    Throwable root =
        cause instanceof UpgradeException && cause.getCause() != null ? cause.getCause() : cause;
    var failure = NetworkFailure.of(root);
    events.failed(0, "%s:%d: %s".formatted(request.host(), request.port(), failure.sentence()));
  }
}
