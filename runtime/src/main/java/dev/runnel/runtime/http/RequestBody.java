package dev.runnel.runtime.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that comes in, a request's or that of the answer to an {@link OutgoingRequest}, read chunk
 * by chunk as the program asks for it.
 */
public interface RequestBody {
  RequestBody EMPTY =
      new RequestBody() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public void read(Receiver receiver) {
          receiver.end();
        }

        @Override
        public void cancel() {}
      };

  /** A whole body that is already in memory. The array is given away. */
  static RequestBody of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new WholeBody(bytes);
  }

  /** True when the request has no body at all, which JavaScript shows as null. */
  boolean isEmpty();

  /**
   * Takes all of a body that is in memory already and that nobody has read from; null for others.
   */
  default @Nullable ByteBuffer takeWhole() {
    return null;
  }

  /**
   * Asks for the next chunk. Exactly one method of the receiver is called, once, on any thread,
   * possibly before this returns. The next read comes only after that.
   */
  void read(Receiver receiver);

  /**
   * As {@link #read}, for a receiver that needs no bytes any more when it asks for the next ones:
   * until then a buffer may stay the body's own.
   */
  default void lend(Receiver receiver) {
    read(receiver);
  }

  /** The program reads no further. */
  void cancel();

  /** Gets the answer to one {@link #read}. */
  interface Receiver {
    /** The buffer belongs to the receiver. */
    void chunk(ByteBuffer bytes);

    void end();

    void failed(Throwable cause);
  }
}
