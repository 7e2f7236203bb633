package dev.runnel.bench.load;

import java.util.Arrays;

/** Nanoseconds that something took, each time. */
public final class Samples {
  private long[] all = new long[1 << 14];
  private int count;

  public void add(long nanoseconds) {
    if (count == all.length) {
      all = Arrays.copyOf(all, 2 * count);
    }
    all[count++] = nanoseconds;
  }

  public int count() {
    return count;
  }

  public double percentile(double part) {
    Arrays.sort(all, 0, count);
    return count == 0 ? 0 : all[(int) Math.min(count - 1, (long) (part * count))];
  }
}
