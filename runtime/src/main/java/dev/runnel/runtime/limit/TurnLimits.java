package dev.runnel.runtime.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * How long one turn may take, and all turns of one request.
 *
 * @param cpu processor time in one turn, of the isolate's thread and of those that work for it
 *     while it waits
 * @param wall time on the clock, waiting for the processor included
 * @param requestCpu processor time in all turns that a request has caused: its own, and those of
 *     the timers and other work that began in them
 * @param startCpu processor time in one turn until the program has been evaluated
 */
public record TurnLimits(
    Optional<Duration> cpu,
    Optional<Duration> wall,
    Optional<Duration> requestCpu,
    Optional<Duration> startCpu) {
  public static final TurnLimits NONE = new TurnLimits(Optional.empty(), Optional.empty());

  /** Limits of turns alone. */
  public TurnLimits(Optional<Duration> cpu, Optional<Duration> wall) {
    this(cpu, wall, Optional.empty(), cpu);
  }

  /** So much processor time for a request, and for any turn that belongs to none. */
  public static TurnLimits forRequests(Optional<Duration> cpu) {
    return new TurnLimits(cpu, Optional.empty(), cpu, cpu);
  }

  public TurnLimits withStartCpu(Duration changed) {
    return new TurnLimits(cpu, wall, requestCpu, Optional.of(changed));
  }

  /** What holds until the program has been evaluated. */
  public TurnLimits atStart() {
    return new TurnLimits(startCpu, wall);
  }

  boolean isNone() {
    return cpu.isEmpty() && wall.isEmpty() && requestCpu.isEmpty();
  }
}
