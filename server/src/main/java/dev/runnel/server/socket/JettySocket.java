package dev.runnel.server.socket;

import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.SocketLink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. Jetty parses frames, checks their order and answers a close; here they become
 * messages, one for each that is asked for, and pings are answered. What a peer does against the
 * protocol ends the connection with the code that says so.
 *
 * <p>Frames come one at a time; {@link SocketLink} may be used from any thread.
 */
public final class JettySocket implements FrameHandler, SocketLink {
  /** A connection on which nothing at all has come or gone for so long is given up. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  private static final int ABNORMAL = 1006;

  private final SocketEvents events;
  private final int longest;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Jetty doesn't want to be asked twice for one frame. */
  private final AtomicBoolean demanded = new AtomicBoolean();

  private volatile @Nullable CoreSession session;
  private byte kind;
  private boolean failed;
  private boolean closeReceived;

  /**
   * @param longest how many bytes a message may have
   */
  public JettySocket(SocketEvents events, int longest) {
    this.events = events;
    this.longest = longest;
  }

  public void configure(Configuration configuration) {
    configuration.setIdleTimeout(IDLE);
    // A frame comes and is unpacked in parts, which are counted below: none is ever kept whole.
    configuration.setAutoFragment(true);
  }

  // ---- From the network ----

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    String protocol = opened.getNegotiatedSubProtocol();
    String extensions =
        opened.getNegotiatedExtensions().stream()
            .map(ExtensionConfig::getParameterizedName)
            .collect(Collectors.joining(", "));
    callback.succeeded();
    events.opened(this, protocol == null ? "" : protocol, extensions);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    demanded.set(false);
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> data(frame, callback);
      case OpCode.PING -> answerPing(frame, callback);
      case OpCode.CLOSE -> {
        closeReceived = true;
        callback.succeeded();
      }
      default -> {
        callback.succeeded();
        demand();
      }
    }
  }

  private void data(Frame frame, Callback callback) {
    if (frame.getOpCode() != OpCode.CONTINUATION) {
      kind = frame.getOpCode();
    }
    ByteBuffer payload = frame.getPayload();
    if (message.size() + (long) payload.remaining() > longest) {
      callback.failed(
          new MessageTooLargeException("The message is longer than %d bytes.".formatted(longest)));
      return;
    }
    message.writeBytes(BufferUtil.toArray(payload));
    if (!frame.isFin()) {
      callback.succeeded();
      demand();
      return;
    }
    byte[] whole = message.toByteArray();
    message.reset();
    tell(whole, callback);
  }

  private void tell(byte[] whole, Callback callback) {
    if (kind == OpCode.BINARY) {
      callback.succeeded();
      events.bytes(whole);
      return;
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole)).toString();
    } catch (CharacterCodingException e) {
      callback.failed(new BadPayloadException.InvalidUtf8());
      return;
    }
    callback.succeeded();
    events.text(text);
  }

  private void answerPing(Frame ping, Callback callback) {
    Frame pong = new Frame(OpCode.PONG, true, BufferUtil.copy(ping.getPayload()));
    CoreSession open = session;
    if (open != null) {
      open.sendFrame(
          pong,
          Callback.from(
              () -> {
                callback.succeeded();
                demand();
              },
              callback::failed),
          false);
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    failed = true;
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean clean = !failed && closeReceived;
    String reason = status.getReason();
    if (clean) {
      events.closed(status.getCode(), reason == null ? "" : reason, true);
    } else {
      events.closed(ABNORMAL, "", false);
    }
  }

  // ---- To the network ----

  @Override
  public void demand() {
    CoreSession open = session;
    if (open != null && !open.isClosed() && demanded.compareAndSet(false, true)) {
      open.demand();
    }
  }

  @Override
  public void text(String text, Runnable written) {
    send(new Frame(OpCode.TEXT, true, text), written);
  }

  @Override
  public void bytes(ByteBuffer bytes, Runnable written) {
    send(new Frame(OpCode.BINARY, true, bytes), written);
  }

  private void send(Frame frame, Runnable written) {
    CoreSession open = session;
    if (open != null) {
      open.sendFrame(frame, Callback.from(written, _ -> written.run()), false);
    }
  }

  @Override
  public void close(int code, String reason) {
    CoreSession open = session;
    if (open == null) {
      return;
    }
    if (code == NO_CODE) {
      open.close(Callback.NOOP);
    } else {
      open.close(code, reason.isEmpty() ? null : reason, Callback.NOOP);
    }
    // The answer is read whether or not messages are wanted.
    demand();
  }

  @Override
  public void abort() {
    CoreSession open = session;
    if (open != null) {
      open.abort();
    }
  }
}
