package dev.runnel.server.fetch;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Connections whose answers are read by the selector's own threads: what follows from an answer
 * never blocks here, and waking another thread for each costs more than reading it.
 */
final class UnblockedConnector extends ClientConnector {
  @Override
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    return new SocketChannelEndPoint((SocketChannel) channel, selector, key, getScheduler()) {
      @Override
      public boolean tryFillInterested(Callback callback) {
        return super.tryFillInterested(unblocked(callback));
      }

      @Override
      public void fillInterested(Callback callback) {
        super.fillInterested(unblocked(callback));
      }
    };
  }

  private static Callback unblocked(Callback callback) {
    return callback.getInvocationType() == Invocable.InvocationType.NON_BLOCKING
        ? callback
        : Callback.from(
            Invocable.InvocationType.NON_BLOCKING, callback::succeeded, callback::failed);
  }
}
