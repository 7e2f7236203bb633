package dev.runnel.runtime.http;

import java.nio.ByteBuffer;

/** An open WebSocket as whoever uses it sees it. Safe from any thread; never blocks. */
public interface SocketLink {
  /** The code of a close frame without a code. */
  int NO_CODE = 1005;

  /** Reads one more message. Not to be called again before it has come. */
  void demand();

  /**
   * @param written run on any thread when the network has taken it, or never will
   */
  void text(String message, Runnable written);

  /**
   * The buffer belongs to the link.
   *
   * @param written run on any thread when the network has taken it, or never will
   */
  void bytes(ByteBuffer message, Runnable written);

  /** Starts the closing handshake. */
  void close(int code, String reason);

  /** Ends the connection at once. */
  void abort();
}
