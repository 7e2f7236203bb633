package dev.runnel.server.socket;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension;

/**
 * Jetty's permessage-deflate, which without context takeover forgets its context after every frame
 * that ends something. A ping ends nothing: one between the parts of a message must not hurt it.
 *
 * <p>As confined as Jetty's.
 */
public final class PerMessageDeflate extends PerMessageDeflateExtension {
  private boolean isControl;

  /** From now on sockets get this one. From any thread: it takes the place of Jetty's own. */
  public static WebSocketComponents in(WebSocketComponents components) {
    components.getExtensionRegistry().register(Compression.NAME, PerMessageDeflate.class);
    return components;
  }

  @Override
  protected void nextIncomingFrame(Frame frame, Callback callback) {
    isControl = frame.isControlFrame();
    super.nextIncomingFrame(frame, callback);
  }

  /** For each frame that ends, first of all; and when the connection is closed. */
  @Override
  public void releaseInflater() {
    if (!isControl) {
      super.releaseInflater();
    }
    isControl = false;
  }
}
