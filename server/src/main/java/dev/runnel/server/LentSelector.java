package dev.runnel.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selector that is lent to isolates' threads while they have no work. A request is then parsed,
 * answered and written by one thread, without waking another for each step.
 *
 * <p>Whoever holds the selector selects, and reads what was found; then gives it back and does its
 * turns. Jetty's own thread looks once in {@link #TICK} whether the selector lies unused because
 * all isolates are busy, and then serves the connections itself until an isolate's thread is idle
 * again.
 *
 * <p>Safe from any thread; what is said to belong to the holder passes from thread to thread with
 * {@code holder}.
 */
final class LentSelector extends ManagedSelector {
  private static final Logger LOG = LoggerFactory.getLogger(LentSelector.class);

  private static final long TICK = Duration.ofMillis(1).toNanos();

  /** So many ticks with the same holder waiting, and Jetty's thread sleeps until it moves. */
  private static final int QUIET_TICKS = 50;

  /** Turns that take longer than that are worth waking another idle isolate's thread for. */
  private static final long LONG_TURNS = TimeUnit.MICROSECONDS.toNanos(150);

  /** Jetty keeps a note for each new connection until its own thread looks. */
  private static final int NOTES = 64;

  private static final Object JETTY = new Object();

  private final SelectorManager manager;
  private final AtomicReference<@Nullable Object> holder = new AtomicReference<>(JETTY);
  private final Queue<SelectorUpdate> updates = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notes = new AtomicInteger();
  private volatile @Nullable Thread jetty;
  private volatile boolean jettySleeps;
  private volatile boolean selecting;
  private volatile boolean stopping;
  private volatile boolean stopped;
  private volatile long loans;

  /** Found and read, with interests that are still to be told. The holder's. */
  private final List<SelectionKey> found = new ArrayList<>();

  /** When the last loan ended, whose it was, and how long its turns took of late. The holder's. */
  private long returnedAt;

  private @Nullable Thread lastBorrower;
  private long usualTurns;

  LentSelector(SelectorManager manager, int id) {
    super(manager, id);
    this.manager = manager;
  }

  // What an isolate's thread does.

  /**
   * Selects and reads, or waits beside another thread that does.
   *
   * @return false when there is nothing to select from any more
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // The holder alone counts.
  boolean idle(long nanoseconds, BooleanSupplier hasNothing) {
    Selector selector = getSelector();
    if (stopping || selector == null || !selector.isOpen()) {
      return false;
    }
    if (!holder.compareAndSet(null, Thread.currentThread())) {
      waitForTheHolder(selector, nanoseconds, hasNothing);
      return true;
    }
    loans = loans + 1;
    boolean works = false;
    try {
      measureTurns();
      works = select(selector, nanoseconds, hasNothing);
    } catch (IOException e) {
      LOG.warn("Connections can't be selected by an isolate.", e);
    } finally {
      giveBack(hasNothing);
    }
    return works;
  }

  private void waitForTheHolder(Selector selector, long nanoseconds, BooleanSupplier hasNothing) {
    Thread me = Thread.currentThread();
    waiting.add(me);
    if (holder.get() == JETTY) {
      selector.wakeup();
    }
    if (hasNothing.getAsBoolean() && holder.get() != null) {
      LockSupport.parkNanos(this, nanoseconds);
    }
    waiting.remove(me);
  }

  private void measureTurns() {
    if (lastBorrower == Thread.currentThread()) {
      usualTurns += (System.nanoTime() - returnedAt - usualTurns) / 8;
    }
  }

  private boolean select(Selector selector, long nanoseconds, BooleanSupplier hasNothing)
      throws IOException {
    update(selector);
    if (!selector.isOpen()) {
      return false;
    }
    selecting = true;
    if (updates.isEmpty() && hasNothing.getAsBoolean()) {
      selector.select(found::add, Math.max(1, (nanoseconds + 999_999) / 1_000_000));
    } else {
      selector.selectNow(found::add);
    }
    selecting = false;
    for (int i = 0; i < found.size(); i++) {
      read(found.get(i));
    }
    return true;
  }

  /** What Jetty's own thread does with a selected key, but for the interests. */
  private void read(SelectionKey key) {
    try {
      if (key.isValid() && key.attachment() instanceof Selectable connection) {
        Runnable task = connection.onSelected();
        if (task == null) {
          return;
        }
        if (Invocable.getInvocationType(task) == Invocable.InvocationType.NON_BLOCKING) {
          task.run();
        } else {
          manager.getExecutor().execute(task);
        }
      } else {
        close(key);
      }
    } catch (CancelledKeyException e) {
      close(key);
    } catch (RuntimeException | Error e) {
      LOG.warn("A connection failed and is closed.", e);
      close(key);
    }
  }

  private static void close(SelectionKey key) {
    IO.close(key.attachment() instanceof EndPoint connection ? connection : key.channel());
  }

  private void giveBack(BooleanSupplier hasNothing) {
    lastBorrower = Thread.currentThread();
    returnedAt = System.nanoTime();
    boolean willBeLong = usualTurns > LONG_TURNS && !hasNothing.getAsBoolean();
    holder.set(null);
    if (jettySleeps) {
      LockSupport.unpark(jetty);
    }
    Thread next = willBeLong ? waiting.peek() : null;
    if (next != null) {
      LockSupport.unpark(next);
    }
  }

  /** Lets a thread return from {@link #idle}. */
  void wake(Thread idle) {
    Selector selector = getSelector();
    if (holder.get() == idle && selector != null) {
      selector.wakeup();
    }
  }

  // What Jetty's thread does.

  @Override
  protected int nioSelect(Selector selector, boolean now) throws IOException {
    if (now) {
      return selector.selectNow();
    }
    jetty = Thread.currentThread();
    if (holder.get() == JETTY && !waiting.isEmpty() && !stopping) {
      lend();
    }
    if (holder.get() != JETTY && !takeBack()) {
      return 0;
    }
    update(selector);
    if (!selector.isOpen()) {
      return 0;
    }
    selecting = true;
    int selected =
        updates.isEmpty() && waiting.isEmpty() ? selector.select() : selector.selectNow();
    selecting = false;
    return selected;
  }

  private void lend() {
    holder.set(null);
    Thread next = waiting.peek();
    if (next != null) {
      LockSupport.unpark(next);
    }
  }

  /** Waits until nobody uses the selector. False when there are notes to be looked at before. */
  private boolean takeBack() {
    long seen = loans;
    int quiet = 0;
    while (notes.get() < NOTES || stopping) {
      LockSupport.parkNanos(this, TICK);
      boolean moved = loans != seen;
      if ((!moved || stopping) && holder.compareAndSet(null, JETTY)) {
        return true;
      }
      quiet = moved ? 0 : quiet + 1;
      seen = loans;
      if (quiet >= QUIET_TICKS && !stopping) {
        sleepUntilReturned(seen);
        quiet = 0;
      }
    }
    notes.set(0);
    return false;
  }

  private void sleepUntilReturned(long seen) {
    jettySleeps = true;
    if (holder.get() != null && loans == seen && !stopping && notes.get() < NOTES) {
      LockSupport.park(this);
    }
    jettySleeps = false;
  }

  // What both do.

  private void update(Selector selector) {
    for (SelectionKey key : found) {
      if (key.attachment() instanceof Selectable connection) {
        connection.updateKey();
      }
    }
    found.clear();
    for (SelectorUpdate next = updates.poll(); next != null; next = updates.poll()) {
      try {
        next.update(selector);
      } catch (RuntimeException e) {
        LOG.warn("A change of a connection failed.", e);
      }
    }
  }

  @Override
  public void submit(SelectorUpdate update) {
    updates.add(update);
    if (stopped) {
      closeLateComers();
    } else {
      wakeHolder();
    }
  }

  /** Lets the holder look for changes, and the system forget connections that were closed. */
  void wakeHolder() {
    Object present = holder.get();
    Selector selector = getSelector();
    if (present == null) {
      if (jettySleeps) {
        LockSupport.unpark(jetty);
      }
    } else if (present != Thread.currentThread() && selecting && selector != null) {
      selector.wakeup();
    }
  }

  /** The connection's key is known to be its own from here on, before it is interested. */
  @Override
  protected void endPointOpened(EndPoint endPoint) {
    if (endPoint instanceof WatchedEndPoint connection) {
      connection.attachToKey();
    }
    super.endPointOpened(endPoint);
    if (stopping) {
      endPoint.close();
    }
    if (notes.incrementAndGet() >= NOTES && jettySleeps) {
      LockSupport.unpark(jetty);
    }
  }

  @Override
  protected void doStop() throws Exception {
    stopping = true;
    Selector selector = getSelector();
    if (selector != null) {
      selector.wakeup();
    }
    LockSupport.unpark(jetty);
    try {
      super.doStop();
    } finally {
      stopped = true;
      closeLateComers();
    }
  }

  /** A connection that was accepted while the selector stopped is looked after by nobody. */
  private void closeLateComers() {
    for (SelectorUpdate next = updates.poll(); next != null; next = updates.poll()) {
      if (next instanceof Closeable connection) {
        IO.close(connection);
      }
    }
  }
}
