package dev.runnel.runtime.worker;

import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.guest.Guest;
import dev.runnel.runtime.guest.GuestObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One guest of a slot, from its start to its end, and the requests that it has taken. Safe from any
 * thread.
 */
final class Life implements GuestObserver {
  /** Between two looks at the memory. */
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  private final Slot slot;
  private final PoolOptions options;
  private final Slot.Owner owner;
  private final SharedPorts.Member member = new SharedPorts.Member();
  private @Nullable Guest guest;

  /** Requests taken and not over. */
  private final AtomicInteger load = new AtomicInteger();

  /** Requests taken that the isolate's thread has not come to yet. */
  private final AtomicInteger waiting = new AtomicInteger();

  private final AtomicBoolean claimed = new AtomicBoolean();
  private final long begunAt = System.nanoTime();
  private volatile long waitingSince;
  private volatile long readyAt;
  private volatile boolean ready;
  private volatile boolean serving;
  private volatile boolean retiring;
  private volatile boolean lost;
  private volatile long lookedAt = System.nanoTime();

  Life(Slot slot, PoolOptions options, Slot.Owner owner) {
    this.slot = slot;
    this.options = options;
    this.owner = owner;
  }

  /** Called once, before the guest runs. */
  void leads(Guest started) {
    guest = started;
  }

  Guest guest() {
    Guest started = guest;
    if (started == null) {
      throw new IllegalStateException("The isolate has not been started.");
    }
    return started;
  }

  SharedPorts.Member member() {
    return member;
  }

  boolean isServing() {
    return serving;
  }

  boolean isStarting() {
    return !ready && !lost && !retiring;
  }

  boolean hasBeenReady() {
    return ready;
  }

  boolean isLost() {
    return lost;
  }

  /** How long it has served. */
  Duration served() {
    return Duration.ofNanos(System.nanoTime() - readyAt);
  }

  int load() {
    return load.get();
  }

  /** How long requests have waited without any getting its turn. */
  long stuckNanos() {
    return waiting.get() == 0 ? 0 : System.nanoTime() - waitingSince;
  }

  /**
   * Takes one more request, which is then to be given to one of the guest's handlers. False when
   * the isolate takes none any more.
   */
  boolean take() {
    load.incrementAndGet();
    if (!serving && !isStarting()
        || options.isOneRequestEach() && !claimed.compareAndSet(false, true)) {
      release();
      return false;
    }
    if (waiting.getAndIncrement() == 0) {
      waitingSince = System.nanoTime();
    }
    if (options.isOneRequestEach()) {
      stopServing();
    }
    return true;
  }

  private void release() {
    if (load.decrementAndGet() == 0 && retiring) {
      guest().retire();
    }
  }

  void stopServing() {
    serving = false;
  }

  /**
   * What takes a request looks at {@link #serving} afterwards, so none comes once there is none.
   */
  void retire() {
    serving = false;
    retiring = true;
    if (load.get() == 0) {
      guest().retire();
    }
  }

  @Override
  public void began(long waitedNanos) {
    if (waiting.decrementAndGet() > 0) {
      waitingSince = System.nanoTime();
    }
    owner.waited(waitedNanos);
  }

  @Override
  public void ended() {
    if (options.isOneRequestEach()) {
      slot.retire();
    } else {
      lookAtMemory();
    }
    release();
    owner.freed();
  }

  private void lookAtMemory() {
    long now = System.nanoTime();
    if (serving && options.memoryPercent() < 100 && now - lookedAt > LOOK_NANOS) {
      lookedAt = now;
      guest().whenFullerThan(options.memoryPercent(), () -> owner.full(slot));
    }
  }

  @Override
  public void ready(boolean fetch) {
    readyAt = System.nanoTime();
    serving = !retiring;
    ready = true;
    owner.observer().isolateReady(Duration.ofNanos(readyAt - begunAt));
    slot.ready(fetch);
  }

  @Override
  public void uncaught(ProgramError error) {
    owner.observer().uncaught(error);
  }

  @Override
  public void ending() {
    lost = true;
    serving = false;
  }

  @Override
  public void ended(GuestEnd end) {
    slot.ended(this, end);
  }
}
