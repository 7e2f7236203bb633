package dev.runnel.runtime.http;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where an isolate's answer to one request goes. Called on the isolate's thread, so no method may
 * block. The order is: any number of {@link #informational}, one {@link #head}, any number of
 * {@link #write}, then {@link #end}; {@link #fail} may come at any time instead and is the last
 * call. What came by the next {@link #flush} is to leave then, in as few writes as possible.
 */
public interface ResponseSink {
  void informational(int status, List<Header> headers);

  /** The head is to leave with the next flush, whether or not a body follows. */
  void head(ResponseHead head);

  /**
   * The buffer belongs to the sink.
   *
   * @param written run on any thread when the network has taken the bytes; what was written and not
   *     yet taken is what back-pressure counts
   */
  void write(ByteBuffer bytes, Runnable written);

  /** True when nobody looks at a buffer any more once its {@code written} has been run. */
  default boolean givesBuffersBack() {
    return false;
  }

  void end(List<Header> trailers);

  /** The isolate has nothing more to say in this turn. Sinks that do not gather ignore it. */
  default void flush() {}

  /** In place of all others: the connection becomes a WebSocket, if the request asked for that. */
  default void upgrade(SocketAnswer answer, SocketEvents events) {
    String sentence = "This connection can't become a WebSocket.";
    fail(new ResponseFailure(500, "", sentence));
    events.failed(0, sentence);
  }

  /**
   * In place of all others: after this head, which says 101, the connection carries what the
   * program and its client like.
   */
  default void tunnel(ResponseHead head, TunnelEvents events) {
    String sentence = "This connection can't change its protocol.";
    fail(new ResponseFailure(500, "", sentence));
    events.failed(sentence);
  }

  /** Before the head an error response is to be sent; after it the connection is to be reset. */
  void fail(ResponseFailure failure);
}
