package dev.runnel.runtime.limit;

/**
 * The workers of {@code node:worker_threads} that one isolate of a program may have, those of its
 * workers included. Each is an isolate of its own under the program's other limits. Together they
 * take at most as much memory as the isolate itself may: each what its {@code resourceLimits} say,
 * or an equal part.
 *
 * @param open how many may run at once
 */
public record ThreadLimits(int open) {
  public static final ThreadLimits DEFAULT = new ThreadLimits(4);

  public ThreadLimits {
    if (open < 0) {
      throw new IllegalArgumentException("A number of workers can't be negative: " + open + ".");
    }
  }
}
