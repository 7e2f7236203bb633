package dev.runnel.runtime.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on their way to a loop from other threads, in the order of arrival. Safe from any thread;
 * {@link #moveTo} and {@link #await} are the loop's own. Nothing locks: who posts to a loop that is
 * busy pays for one object, and only a sleeping loop is woken.
 */
final class Inbox {
  /** The task that came last, and those before it. */
  private record Posted(Runnable task, @Nullable Posted before) {}

  private static final Posted CLOSED = new Posted(() -> {}, null);

  private final AtomicReference<@Nullable Posted> last = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
  private volatile boolean woken;

  /** Returns false, and drops the task, when the loop has ended. */
  boolean post(Runnable task) {
    Posted before;
    do {
      before = last.get();
      if (before == CLOSED) {
        return false;
      }
    } while (!last.compareAndSet(before, new Posted(task, before)));
    wakeSleeper();
    return true;
  }

  /** Refuses tasks from now on and moves those that wait to the end of a queue. */
  void closeTo(Queue<Runnable> late) {
    move(last.getAndSet(CLOSED), late);
  }

  /** Ends a wait although nothing was posted. */
  void wake() {
    woken = true;
    wakeSleeper();
  }

  private void wakeSleeper() {
    if (sleeper.get() != null) {
      LockSupport.unpark(sleeper.getAndSet(null));
    }
  }

  /** Moves everything that has arrived to the end of a queue. Doesn't wait. */
  void moveTo(Queue<Runnable> taken) {
    woken = false;
    Posted newest = last.get();
    while (newest != null && newest != CLOSED && !last.compareAndSet(newest, null)) {
      newest = last.get();
    }
    move(newest, taken);
  }

  private static void move(@Nullable Posted newest, Queue<Runnable> to) {
    Deque<Runnable> inOrder = new ArrayDeque<>();
    for (Posted one = newest; one != null && one != CLOSED; one = one.before()) {
      inOrder.addFirst(one.task());
    }
    to.addAll(inOrder);
  }

  /** Returns when a task has arrived, the time is over, or somebody wakes us. */
  void await(Optional<Duration> atMost) throws InterruptedException {
    long start = System.nanoTime();
    long most = atMost.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    while (last.get() == null && !woken) {
      long left = most - (System.nanoTime() - start);
      if (left <= 0) {
        return;
      }
      sleep(Math.min(left, TimeUnit.HOURS.toNanos(1)));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** Whoever posts after the sleeper is set sees it; what was posted before is seen here. */
  private void sleep(long nanoseconds) {
    sleeper.set(Thread.currentThread());
    if (last.get() == null && !woken) {
      LockSupport.parkNanos(this, nanoseconds);
    }
    sleeper.set(null);
  }
}
