package dev.runnel.runtime.loop;

import dev.runnel.runtime.http.Idling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on their way to a loop from other threads, in the order of arrival. Safe from any thread;
 * {@link #moveTo} and {@link #await} are the loop's own. Nothing locks: who posts to a loop that is
 * busy pays for one object, and only a sleeping loop is woken.
 */
final class Inbox {
  /** The task that came last, and those before it. */
  private record Posted(Runnable task, @Nullable Posted before) {}

  private static final long LONGEST_WAIT = TimeUnit.HOURS.toNanos(1);
  private static final Posted CLOSED = new Posted(() -> {}, null);

  private final Idling idling;
  private final BooleanSupplier hasNothing = this::hasNothing;
  private final AtomicReference<@Nullable Posted> last = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
  private volatile boolean woken;

  Inbox(Idling idling) {
    this.idling = idling;
  }

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
      Thread idle = sleeper.getAndSet(null);
      if (idle != null) {
        idling.wake(idle);
      }
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

  /**
   * Returns when a task has arrived, the time is over, somebody wakes us, or for no reason.
   *
   * <p>Whoever posts after the sleeper is set sees it; what was posted before is seen here.
   */
  void await(Optional<Duration> atMost) throws InterruptedException {
    long nanoseconds = atMost.map(Duration::toNanos).orElse(LONGEST_WAIT);
    if (nanoseconds <= 0 || !hasNothing()) {
      return;
    }
    sleeper.set(Thread.currentThread());
    idling.idle(Math.min(nanoseconds, LONGEST_WAIT), hasNothing);
    sleeper.set(null);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private boolean hasNothing() {
    return last.get() == null && !woken;
  }
}
