package dev.runnel.runtime.limit;

/**
 * What an isolate's BroadcastChannels may hold.
 *
 * @param open how many may be open at once
 * @param message the most bytes of one message
 * @param waiting the most bytes of messages that may wait for an isolate; who sends it more gets an
 *     error
 */
public record BroadcastLimits(int open, int message, long waiting) {
  public static final BroadcastLimits DEFAULT = new BroadcastLimits(1_000, 4 << 20, 32L << 20);

  public BroadcastLimits {
    if (open < 0 || message < 0 || waiting < 0) {
      throw new IllegalArgumentException(
          "Limits of BroadcastChannels can't be negative: %d open, %d bytes a message, %d waiting."
              .formatted(open, message, waiting));
    }
  }

  public BroadcastLimits withOpen(int changed) {
    return new BroadcastLimits(changed, message, waiting);
  }

  public BroadcastLimits withMessage(int changed) {
    return new BroadcastLimits(open, changed, waiting);
  }

  public BroadcastLimits withWaiting(long changed) {
    return new BroadcastLimits(open, message, changed);
  }
}
