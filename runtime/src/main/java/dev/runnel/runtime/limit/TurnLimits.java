package dev.runnel.runtime.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * How long one turn may take.
 *
 * @param cpu processor time of the isolate's thread and of those that work for it while it waits
 * @param wall time on the clock, waiting for the processor included
 */
public record TurnLimits(Optional<Duration> cpu, Optional<Duration> wall) {
  public static final TurnLimits NONE = new TurnLimits(Optional.empty(), Optional.empty());

  boolean isNone() {
    return cpu.isEmpty() && wall.isEmpty();
  }
}
