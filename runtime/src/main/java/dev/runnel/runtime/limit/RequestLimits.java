package dev.runnel.runtime.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * What one request may take, besides processor time. Checked in Java, whichever isolate has it.
 *
 * @param wall from its coming to the last byte of its answer; over it 504, or a reset when the head
 *     has left
 * @param bodyBytes of its body; over it 413
 * @param responseBytes of its answer's body; over it a reset, or 503 when its length was announced
 * @param rate how many bytes a second a client has to send while the program waits for its body
 *     (408 otherwise), and to take while its answer waits (a reset otherwise), on average; 0 for
 *     any
 * @param grace how much longer than that it may take in all
 */
public record RequestLimits(
    Optional<Duration> wall, long bodyBytes, long responseBytes, long rate, Duration grace) {
  public static final RequestLimits NONE =
      new RequestLimits(
          Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE, 0, Duration.ofSeconds(20));

  public RequestLimits {
    if (bodyBytes < 0 || responseBytes < 0 || rate < 0 || grace.isNegative()) {
      throw new IllegalArgumentException(
          "Limits of requests can't be negative: %d bytes of body, %d of response, %d a second."
              .formatted(bodyBytes, responseBytes, rate));
    }
  }

  public RequestLimits withWall(Duration changed) {
    return new RequestLimits(Optional.of(changed), bodyBytes, responseBytes, rate, grace);
  }

  public RequestLimits withBodyBytes(long changed) {
    return new RequestLimits(wall, changed, responseBytes, rate, grace);
  }

  public RequestLimits withResponseBytes(long changed) {
    return new RequestLimits(wall, bodyBytes, changed, rate, grace);
  }

  public RequestLimits withRate(long changed, Duration graceChanged) {
    return new RequestLimits(wall, bodyBytes, responseBytes, changed, graceChanged);
  }

  /** How long a client may have kept somebody waiting for, or with, so many bytes. */
  public long mostNanos(long bytes) {
    return rate == 0
        ? Long.MAX_VALUE
        : grace.toNanos() + (long) (bytes * (double) Duration.ofSeconds(1).toNanos() / rate);
  }
}
