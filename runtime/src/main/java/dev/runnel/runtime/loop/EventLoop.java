package dev.runnel.runtime.loop;

import dev.runnel.runtime.http.Idling;
import dev.runnel.runtime.limit.Charge;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls an isolate when something is due for it: timers first, then what other threads posted, then
 * immediates, round after round.
 *
 * <p>Confined to its thread but for {@link #post} and {@link #stop}.
 */
public final class EventLoop {

  /** What the loop drives. Every call but {@link #nothingLeft} is one turn. */
  public interface Guest {
    void timer(int id);

    void immediate(int id);

    void task(Runnable task);

    /** Nothing keeps the program alive any more. It may start something new here. */
    void nothingLeft();
  }

  private final TimerQueue timers;
  private final Inbox inbox;

  /** Taken from the inbox and not run yet. */
  private final Queue<Runnable> posted = new ArrayDeque<>();

  private Queue<Integer> immediates = new ArrayDeque<>();
  private final Set<Integer> pendingImmediates = new HashSet<>();
  private final Map<Integer, Charge> timerOwners = new HashMap<>();
  private final Map<Integer, Charge> immediateOwners = new HashMap<>();
  private volatile Charge charged = Charge.NOBODY;
  private int holds;
  private volatile @Nullable Thread thread;
  private boolean idle;
  private volatile boolean stopped;

  /** A loop whose thread sleeps when it has nothing to do. */
  public EventLoop(TimerQueue timers) {
    this(timers, Idling.PARKED);
  }

  public EventLoop(TimerQueue timers, Idling idling) {
    this.timers = timers;
    this.inbox = new Inbox(idling);
  }

  public TimerQueue timers() {
    return timers;
  }

  /** From now to the end of the turn, time is that request's. */
  public void chargeTo(Charge request) {
    charged = request;
  }

  /** Whose turn it is. From any thread. */
  public Charge charged() {
    return charged;
  }

  /** A timer belongs to the request in whose turn it was set. */
  public void timerSet(int id) {
    if (charged == Charge.NOBODY) {
      timerOwners.remove(id);
    } else {
      timerOwners.put(id, charged);
    }
  }

  public void cancelTimer(int id) {
    timers.cancel(id);
    timerOwners.remove(id);
  }

  /**
   * Runs the task on the loop's thread, as a turn of its own. From any thread. Returns false when
   * the loop has ended.
   */
  public boolean post(Runnable task) {
    return inbox.post(task);
  }

  /** True on the thread that runs the loop, unless it has nothing to do and helps the network. */
  public boolean isCurrentThread() {
    return thread == Thread.currentThread() && !idle;
  }

  /** Refuses tasks from now on and returns those that came too late to run. */
  public Queue<Runnable> close() {
    stopped = true;
    inbox.closeTo(posted);
    return posted;
  }

  /** Ends {@link #run} after the present turn. From any thread. */
  public void stop() {
    stopped = true;
    inbox.wake();
  }

  public boolean isStopped() {
    return stopped;
  }

  public void addImmediate(int id) {
    immediates.add(id);
    pendingImmediates.add(id);
    if (charged != Charge.NOBODY) {
      immediateOwners.put(id, charged);
    }
  }

  public int immediates() {
    return pendingImmediates.size();
  }

  public void cancelImmediate(int id) {
    pendingImmediates.remove(id);
    immediateOwners.remove(id);
  }

  /** Keeps the program alive until {@link #release}: an open port, a request, work elsewhere. */
  public void hold() {
    holds++;
  }

  public void release() {
    holds--;
  }

  public boolean keepsProgramAlive() {
    return holds > 0 || !pendingImmediates.isEmpty() || timers.keepsProgramAlive();
  }

  /** True when a snapshot of the program would lose nothing that is under way. */
  public boolean hasNothingScheduled() {
    return pendingImmediates.isEmpty() && timers.size() == 0;
  }

  /** Drives the guest until it is stopped or nothing is left to do. */
  public void run(Guest guest) throws InterruptedException {
    thread = Thread.currentThread();
    while (!stopped) {
      round(guest);
      if (!stopped && !keepsProgramAlive()) {
        guest.nothingLeft();
        if (!keepsProgramAlive()) {
          return;
        }
      }
      if (!stopped && pendingImmediates.isEmpty()) {
        idle = true;
        inbox.await(timers.untilNext());
        idle = false;
      }
    }
  }

  /** True when a task follows the present one at once. */
  public boolean hasTaskDue() {
    return !stopped && !posted.isEmpty();
  }

  private void round(Guest guest) {
    runTimers(guest);
    runPosted(guest);
    runImmediates(guest);
  }

  private void runTimers(Guest guest) {
    long mark = timers.mark();
    for (OptionalInt due = timers.nextDue(mark);
        due.isPresent() && !stopped;
        due = timers.nextDue(mark)) {
      int id = due.getAsInt();
      Charge owner = timers.has(id) ? timerOwners.get(id) : timerOwners.remove(id);
      chargeTo(owner == null ? Charge.NOBODY : owner);
      guest.timer(id);
    }
  }

  private void runPosted(Guest guest) {
    inbox.moveTo(posted);
    while (!stopped && !posted.isEmpty()) {
      guest.task(posted.remove());
    }
  }

  private void runImmediates(Guest guest) {
    if (immediates.isEmpty()) {
      return;
    }
    var now = immediates;
    immediates = new ArrayDeque<>();
    for (int id : now) {
      if (!stopped && pendingImmediates.remove(id)) {
        Charge owner = immediateOwners.remove(id);
        chargeTo(owner == null ? Charge.NOBODY : owner);
        guest.immediate(id);
      }
    }
  }
}
