package dev.runnel.runtime.http;

/**
 * What a WebSocket's connection tells, on any thread, one at a time: {@link #opened} or {@link
 * #failed} first, {@link #closed} last.
 */
public interface SocketEvents {

  /**
   * The handshake is done. No message comes before one is asked for.
   *
   * @param protocol the subprotocol that was agreed on, or nothing
   * @param extensions those that were agreed on, as the header field has them, or nothing
   */
  void opened(SocketLink link, String protocol, String extensions);

  /**
   * There is no connection.
   *
   * @param status what the other side answered instead, or 0
   */
  void failed(int status, String sentence);

  void text(String message);

  /** The array is given away. */
  void bytes(byte[] message);

  /**
   * @param clean whether both sides have said so; otherwise the code is 1006
   */
  void closed(int code, String reason, boolean clean);
}
