package dev.runnel.cli.log;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How much may be written to a log: so many bytes a second on average, twice as many at once. One
 * record that is longer has room when nothing was written for a while. Safe from any thread.
 */
public final class LogRate {
  /** Bytes a second, where nothing else is said. */
  public static final long USUAL = 64 << 10;

  private static final long NANOS = 1_000_000_000;

  private final long bytesPerSecond;
  private final LongSupplier nanoClock;
  private long allowance;
  private long refilledAt;
  private long leftOut;

  public LogRate(long bytesPerSecond, LongSupplier nanoClock) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoClock = nanoClock;
    this.allowance = 2 * bytesPerSecond;
    this.refilledAt = nanoClock.getAsLong();
  }

  /**
   * Asks for room for a record.
   *
   * @return how many were left out since the last that had room; empty when this one is too
   */
  public synchronized OptionalLong admit(long bytes) {
    refill();
    if (bytes > allowance && allowance < 2 * bytesPerSecond) {
      leftOut++;
      return OptionalLong.empty();
    }
    allowance -= bytes;
    long before = leftOut;
    leftOut = 0;
    return OptionalLong.of(before);
  }

  /** Stands in the place of what was left out. */
  public static String sentence(long leftOut) {
    return "%d records were left out here: too many came at once.".formatted(leftOut);
  }

  private void refill() {
    long now = nanoClock.getAsLong();
    long earned = Math.min(now - refilledAt, 2 * NANOS) * bytesPerSecond / NANOS;
    if (earned > 0) {
      refilledAt = now;
      allowance = Math.min(2 * bytesPerSecond, allowance + earned);
    }
  }
}
