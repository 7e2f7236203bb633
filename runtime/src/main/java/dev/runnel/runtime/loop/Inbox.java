package dev.runnel.runtime.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tasks on their way to a loop from other threads, in the order of arrival. Safe from any thread.
 */
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean woken;
  private boolean closed;

  /** Returns false, and drops the task, when the loop has ended. */
  boolean post(Runnable task) {
    lock.lock();
    try {
      if (!closed) {
        tasks.add(task);
        arrived.signal();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses tasks from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a wait although nothing was posted. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Moves everything that has arrived to the end of a queue. Doesn't wait. */
  void moveTo(Queue<Runnable> taken) {
    lock.lock();
    try {
      woken = false;
      taken.addAll(tasks);
      tasks.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when a task has arrived, the time is over, or somebody wakes us. */
  void await(Optional<Duration> atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.map(Duration::toNanos).orElse(Long.MAX_VALUE);
      while (tasks.isEmpty() && !woken && left > 0) {
        left = arrived.awaitNanos(Math.min(left, TimeUnit.HOURS.toNanos(1)));
        if (atMost.isEmpty()) {
          left = Long.MAX_VALUE;
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
