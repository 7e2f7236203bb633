package dev.runnel.runtime.http;

import java.nio.ByteBuffer;

/**
 * Sends what programs ask of other hosts. Given to a worker by whoever embeds it. Safe from any
 * thread; never blocks.
 */
public interface Fetcher {
  /** Refuses every request. */
  Fetcher NONE =
      (request, answer) -> {
        answer.failed("EACCES", Egress.refusal(request.host(), request.port()));
        return Call.OVER;
      };

  /**
   * Exactly one method of the answer is called, once, on any thread, perhaps before this returns.
   */
  Call send(OutgoingRequest request, Answer answer);

  /** Whether requests are to say which trace they belong to. */
  default boolean isTraced() {
    return false;
  }

  /** Opens a WebSocket, under the same rules as requests. */
  default void connect(SocketRequest request, SocketEvents events) {
    events.failed(0, Egress.refusal(request.host(), request.port()));
  }

  /** A request under way. */
  interface Call {
    /** One that has failed already. */
    Call OVER =
        new Call() {
          @Override
          public void write(ByteBuffer bytes, Runnable written) {}

          @Override
          public void end() {}

          @Override
          public void abort() {}
        };

    /**
     * More of a streamed body. The buffer belongs to the call.
     *
     * @param written run on any thread when the network has taken the bytes; never when the request
     *     has failed
     */
    void write(ByteBuffer bytes, Runnable written);

    /** The streamed body is complete. */
    void end();

    /** Gives up, the body of the answer included. A request that is over stays as it is. */
    void abort();
  }

  /** Gets the outcome of a {@link #send}. */
  interface Answer {
    /** The body is read as the program asks for it; its failures are told to whoever reads. */
    void head(ResponseHead head, RequestBody body);

    /**
     * There is no answer.
     *
     * @param code as Node spells it: {@code ENOTFOUND}, {@code ECONNREFUSED}, {@code EACCES}
     */
    void failed(String code, String message);
  }
}
