package dev.runnel.runtime.loop;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says whether what a turn wrote may leave together with what the next turn writes. Where turns
 * take a few microseconds, a write of its own for each costs more than the turn, and wakes its
 * reader each time. Only where they have been that short for a while, and not for long.
 *
 * <p>Confined to the loop's thread.
 */
public final class TurnPace {
  /** While one of the latest turns took longer, each sends what it wrote. */
  private static final long SHORT = TimeUnit.MICROSECONDS.toNanos(50);

  /** So long may the first that waits wait, if turns stay as short as they are. */
  private static final long LONGEST_WAIT = TimeUnit.MICROSECONDS.toNanos(100);

  /** After how many turns a long one is half forgotten, roughly. */
  private static final int MEMORY = 16;

  private final LongSupplier clock;
  private long began;
  private long longest = 2 * SHORT;
  private long waitingSince;
  private boolean waiting;

  public TurnPace(LongSupplier nanoClock) {
    this.clock = nanoClock;
  }

  public void turnBegins() {
    began = clock.getAsLong();
  }

  /**
   * At the end of each turn.
   *
   * @param anotherIsDue whether a turn follows at once
   * @return true when what was written is to leave now
   */
  public boolean sendsNow(boolean anotherIsDue) {
    long now = clock.getAsLong();
    longest = Math.max(now - began, longest - longest / MEMORY);
    if (!waiting) {
      waitingSince = now;
    }
    waiting = anotherIsDue && longest < SHORT && now - waitingSince < LONGEST_WAIT;
    return !waiting;
  }
}
