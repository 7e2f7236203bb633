package dev.runnel.runtime.worker;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What pools do later: one daemon thread for the process, for tasks that don't block. */
final class PoolClock {
  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().daemon().name("runnel-pool").unstarted(task));

  static {
    CLOCK.setRemoveOnCancelPolicy(true);
  }

  private PoolClock() {}

  static void soon(Runnable task) {
    CLOCK.execute(task);
  }

  static Future<?> after(Duration delay, Runnable task) {
    return CLOCK.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
