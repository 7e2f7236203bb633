package dev.runnel.runtime.limit;

/**
 * What an isolate's WebSockets may hold.
 *
 * @param open how many may be open or opening at once
 * @param message the most bytes of a message that comes in; a longer one ends its connection with
 *     1009
 * @param unsent the most bytes that may wait for the network, over all; the socket that wants more
 *     is cut off
 */
public record SocketLimits(int open, int message, long unsent) {
  public static final SocketLimits DEFAULT = new SocketLimits(1_000, 4 << 20, 32L << 20);

  public SocketLimits {
    if (open < 0 || message < 0 || unsent < 0) {
      throw new IllegalArgumentException(
          "Limits of WebSockets can't be negative: %d open, %d bytes a message, %d unsent."
              .formatted(open, message, unsent));
    }
  }

  public SocketLimits withOpen(int changed) {
    return new SocketLimits(changed, message, unsent);
  }

  public SocketLimits withMessage(int changed) {
    return new SocketLimits(open, changed, unsent);
  }

  public SocketLimits withUnsent(long changed) {
    return new SocketLimits(open, message, changed);
  }
}
