package dev.runnel.runtime.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * The timers of one isolate, earliest deadline first. Timers that share a deadline fire in the
 * order they were scheduled, as HTML requires.
 *
 * <p>Confined to the loop thread, so nothing here is synchronized.
 */
public final class TimerQueue {

  /**
   * @param id the guest's own number for it
   * @param period zero for a timer that fires once
   */
  private record Timer(int id, long deadline, long sequence, Duration period) {}

  private final LongSupplier nanoClock;
  private final long start;
  private final TreeSet<Timer> byDeadline =
      new TreeSet<>(Comparator.comparingLong(Timer::deadline).thenComparingLong(Timer::sequence));
  private final Map<Integer, Timer> byId = new HashMap<>();
  private final Set<Integer> unreferenced = new HashSet<>();
  private long nextSequence;

  /** Takes {@code System::nanoTime}; wall-clock time would jump when the machine's clock is set. */
  public TimerQueue(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
  }

  public void once(int id, Duration delay) {
    add(id, delay, Duration.ZERO);
  }

  public void every(int id, Duration period) {
    add(id, period, period);
  }

  /** Unknown ids are ignored, because {@code clearTimeout} ignores them. */
  public void cancel(int id) {
    remove(id);
    unreferenced.remove(id);
  }

  /** An unreferenced timer doesn't keep its program alive. */
  public void reference(int id, boolean keepsAlive) {
    if (keepsAlive) {
      unreferenced.remove(id);
    } else if (byId.containsKey(id)) {
      unreferenced.add(id);
    }
  }

  public boolean keepsProgramAlive() {
    return byId.size() > unreferenced.size();
  }

  public boolean has(int id) {
    return byId.containsKey(id);
  }

  public int size() {
    return byId.size();
  }

  /** How long the loop may sleep, or empty when no timer is pending. */
  public Optional<Duration> untilNext() {
    return byDeadline.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, byDeadline.getFirst().deadline() - now())));
  }

  /** Marks the timers that exist now: {@link #nextDue} passes over those scheduled later. */
  public long mark() {
    return nextSequence;
  }

  /** Takes the next timer that is due and was scheduled before the mark; a periodic one goes on. */
  public OptionalInt nextDue(long mark) {
    if (byDeadline.isEmpty()) {
      return OptionalInt.empty();
    }
    var timer = byDeadline.getFirst();
    if (timer.deadline() > now() || timer.sequence() >= mark) {
      return OptionalInt.empty();
    }
    remove(timer.id());
    if (timer.period().isZero()) {
      unreferenced.remove(timer.id());
    } else {
      add(timer.id(), timer.period(), timer.period());
    }
    return OptionalInt.of(timer.id());
  }

  private void add(int id, Duration delay, Duration period) {
    remove(id);
    var timer = new Timer(id, now() + delay.toNanos(), nextSequence++, period);
    byDeadline.add(timer);
    byId.put(id, timer);
  }

  private void remove(int id) {
    var timer = byId.remove(id);
    if (timer != null) {
      byDeadline.remove(timer);
    }
  }

  private long now() {
    return nanoClock.getAsLong() - start;
  }
}
