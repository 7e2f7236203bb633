package dev.runnel.runtime.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * When a lost isolate gets its successor. One that served for a second or more gets it at once;
 * otherwise the pauses double from 50 ms to five seconds. After five successors in a row that never
 * got ready there is no further one.
 *
 * <p>Used by one guest's end after another, never by two at once.
 */
final class Restarts {
  static final int TRIES = 5;

  private static final Duration SETTLED = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration pause = Duration.ZERO;
  private int failedStarts;

  /** The pause after an isolate that was lost so long after it had got ready. */
  Duration afterLoss(Duration lived) {
    failedStarts = 0;
    pause = lived.compareTo(SETTLED) < 0 ? longer() : Duration.ZERO;
    return pause;
  }

  /** The pause after an isolate that never got ready; empty when that was the last try. */
  Optional<Duration> afterFailedStart() {
    failedStarts++;
    pause = longer();
    return failedStarts < TRIES ? Optional.of(pause) : Optional.empty();
  }

  private Duration longer() {
    Duration doubled = pause.multipliedBy(2);
    return pause.isZero() ? SHORTEST : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
