package dev.runnel.cli;

import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The ports of an app that listens on some, as a Node server does: none is opened on the machine,
 * and requests for the app go to the one that it opened first.
 */
final class HostedNetwork implements Network {
  private final CopyOnWriteArrayList<RequestHandler> open = new CopyOnWriteArrayList<>();

  private final Idling idling;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  HostedNetwork(Idling idling) {
    this.idling = idling;
  }

  @Override
  public Idling idling() {
    return idling;
  }

  /** Completes when the app listens for the first time. */
  CompletionStage<Void> opened() {
    return opened;
  }

  Optional<RequestHandler> first() {
    return open.stream().findFirst();
  }

  @Override
  public void listen(InetSocketAddress address, RequestHandler handler, Opened caller) {
    open.add(handler);
    var shown = new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
    opened.complete(null);
    caller.listening(
        new Listener() {
          @Override
          public InetSocketAddress address() {
            return shown;
          }

          @Override
          public void close(Runnable closed) {
            open.remove(handler);
            closed.run();
          }
        });
  }
}
