package dev.runnel.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Says when schedules are due, each on a virtual thread of its own, until it is closed. What was
 * due while the machine slept is not made up for.
 */
final class CronClock implements AutoCloseable {

  /** How it waits. */
  @FunctionalInterface
  interface Pause {
    void until(Instant time) throws InterruptedException;
  }

  private final InstantSource clock;
  private final Pause pause;
  private final BiConsumer<CronSchedule, Instant> due;
  private final List<Thread> threads;

  CronClock(
      List<CronSchedule> schedules,
      InstantSource clock,
      Pause pause,
      BiConsumer<CronSchedule, Instant> due) {
    this.clock = clock;
    this.pause = pause;
    this.due = due;
    this.threads =
        schedules.stream()
            .map(schedule -> Thread.ofVirtual().unstarted(() -> follow(schedule)))
            .toList();
    threads.forEach(Thread::start);
  }

  static CronClock of(List<CronSchedule> schedules, BiConsumer<CronSchedule, Instant> due) {
    var clock = InstantSource.system();
    return new CronClock(schedules, clock, time -> sleep(clock, time), due);
  }

  /** The machine's clock may be set meanwhile: it is looked at again and again. */
  private static void sleep(InstantSource clock, Instant time) throws InterruptedException {
    for (var left = Duration.between(clock.instant(), time);
        left.isPositive();
        left = Duration.between(clock.instant(), time)) {
      Thread.sleep(left.compareTo(Duration.ofMinutes(1)) < 0 ? left : Duration.ofMinutes(1));
    }
  }

  private void follow(CronSchedule schedule) {
    try {
      Optional<Instant> next = schedule.next(clock.instant());
      while (next.isPresent() && !Thread.currentThread().isInterrupted()) {
        pause.until(next.get());
        due.accept(schedule, next.get());
        Instant now = clock.instant();
        next = schedule.next(now.isAfter(next.get()) ? now : next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
