package dev.runnel.runtime.limit;

import dev.runnel.engine.Interruption;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Watches the turns of isolates from one daemon thread and interrupts those that take longer than
 * they may. A turn costs its isolate two plain writes; reading clocks is the watcher's work, so a
 * limit is exact to about {@link #INTERVAL}.
 */
public final class TurnWatch {
  private static final Duration INTERVAL = Duration.ofMillis(4);
  private static final int IDLE_ROUNDS = 250;
  private static final TurnWatch SHARED = new TurnWatch();

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private final Thread watcher;
  private volatile boolean asleep;

  private TurnWatch() {
    watcher = Thread.ofPlatform().daemon().name("runnel-turn-watch").unstarted(this::watch);
    watcher.start();
  }

  /**
   * Watches the calling thread's turns.
   *
   * @param charged whose turn it is, asked at any time by the watcher
   * @param helpers the nanoseconds that other threads have worked for it
   */
  public static Watched start(
      TurnLimits limits,
      Supplier<Charge> charged,
      Consumer<Interruption> interrupt,
      LongSupplier helpers) {
    return SHARED.add(
        new Watched(
            SHARED, Thread.currentThread().threadId(), limits, charged, interrupt, helpers));
  }

  private Watched add(Watched one) {
    if (one.limited) {
      watched.add(one);
    }
    return one;
  }

  private void watch() {
    int idleRounds = 0;
    while (true) {
      boolean busy = false;
      for (Watched one : watched) {
        busy |= one.check(threads);
      }
      idleRounds = busy ? 0 : idleRounds + 1;
      if (idleRounds < IDLE_ROUNDS) {
        LockSupport.parkNanos(INTERVAL.toNanos());
      } else {
        sleepUntilATurnBegins();
      }
    }
  }

  private void sleepUntilATurnBegins() {
    asleep = true;
    if (watched.stream().noneMatch(one -> one.inTurn)) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** One isolate's turns. All but the watcher's part is called on the isolate's thread. */
  public static final class Watched implements AutoCloseable {
    private final TurnWatch owner;
    private final long threadId;
    private final TurnLimits limits;
    private final Supplier<Charge> charged;
    private final Consumer<Interruption> interrupt;
    private final LongSupplier helpers;
    private final boolean limited;

    private volatile boolean inTurn;
    private volatile long turn;

    private long seenTurn = -1;
    private long cpuAtStart;
    private long wallAtStart;
    private long cpuCharged;
    private boolean interrupted;

    private Watched(
        TurnWatch owner,
        long threadId,
        TurnLimits limits,
        Supplier<Charge> charged,
        Consumer<Interruption> interrupt,
        LongSupplier helpers) {
      this.owner = owner;
      this.threadId = threadId;
      this.limits = limits;
      this.charged = charged;
      this.interrupt = interrupt;
      this.helpers = helpers;
      this.limited = !limits.isNone();
      // What the thread has used so far is nobody's.
      this.cpuCharged = limited ? owner.threads.getThreadCpuTime(threadId) : 0;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void turnBegins() {
      if (!limited) {
        return;
      }
      turn = turn + 1;
      inTurn = true;
      if (owner.asleep) {
        LockSupport.unpark(owner.watcher);
      }
    }

    public void turnEnds() {
      inTurn = false;
    }

    @Override
    public void close() {
      inTurn = false;
      owner.watched.remove(this);
    }

    private boolean check(ThreadMXBean threads) {
      if (!inTurn) {
        // Its thread may be reading what other programs are asked, which is nobody's.
        cpuCharged = limits.requestCpu().isPresent() ? cpu(threads) : cpuCharged;
        return false;
      }
      long cpu = cpu(threads);
      if (turn != seenTurn) {
        seenTurn = turn;
        cpuAtStart = cpu;
        wallAtStart = System.nanoTime();
        interrupted = false;
      } else if (!interrupted) {
        compare(cpu);
      }
      charge(cpu);
      return true;
    }

    /**
     * What was used since the last look goes to whoever has the turn now: over many looks that is
     * right, as a sampling profiler is, however short turns are.
     */
    private void charge(long cpu) {
      long used = cpu - cpuCharged;
      cpuCharged = cpu;
      Charge to = charged.get();
      if (to != Charge.NOBODY && limits.requestCpu().isPresent() && !interrupted) {
        interruptAbove(
            limits.requestCpu().get(),
            to.add(used),
            "cpu-time",
            "The request used more processor time than its limit of %d ms.");
      }
    }

    private long cpu(ThreadMXBean threads) {
      return threads.getThreadCpuTime(threadId) + helpers.getAsLong();
    }

    private void compare(long cpu) {
      limits
          .cpu()
          .ifPresent(
              limit ->
                  interruptAbove(
                      limit,
                      cpu - cpuAtStart,
                      "cpu-time",
                      "The program used more processor time than its limit of %d ms in one turn."));
      limits
          .wall()
          .ifPresent(
              limit ->
                  interruptAbove(
                      limit,
                      System.nanoTime() - wallAtStart,
                      "wall-time",
                      "The program took longer than its limit of %d ms for one turn."));
    }

    private void interruptAbove(Duration limit, long taken, String name, String sentence) {
      if (taken > limit.toNanos() && !interrupted) {
        interrupted = true;
        interrupt.accept(new Interruption(name, sentence.formatted(limit.toMillis())));
      }
    }
  }
}
