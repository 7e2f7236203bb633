package dev.runnel.runtime.limit;

/**
 * What a program is shown of the process's clocks, wherever it can read finer than milliseconds. A
 * fine clock helps to measure what other programs in the process do.
 */
public enum GuestClock {
  /** Nanoseconds. */
  FINE(1),
  /** Full milliseconds. */
  COARSE(1_000_000);

  private final long step;

  GuestClock(long step) {
    this.step = step;
  }

  /** As {@link System#nanoTime}. */
  public long nanoTime() {
    return shown(System.nanoTime());
  }

  /** The last full step before that many nanoseconds. */
  public long shown(long nanos) {
    return Math.floorDiv(nanos, step) * step;
  }
}
