package dev.runnel.quickjs;

import dev.runnel.engine.IsolateException;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory limit of one isolate, within one of all isolates. Memory that would grow over it
 * doesn't, and the guest is interrupted: running out ends an isolate rather than reaching its
 * program as an error, since a program that can't allocate can't recover either.
 */
final class MemoryLimit implements MemoryBudget {
  private static final int SMALLEST_STEP = 1 << 18;
  private static final int LARGEST_STEP = 1 << 25;

  /** What all isolates together may hold; the rest of the process's heap is Java's own. */
  private static final long ALL_BYTES = Runtime.getRuntime().maxMemory() / 4 * 3;

  private static final AtomicLong HELD = new AtomicLong();

  private final long bytes;
  private int growthStep;
  private @Nullable FlatMemory memory;
  private boolean exceeded;
  private boolean heapIsFull;
  private boolean lenient;
  private long asked;
  private long held;
  private long outside;

  MemoryLimit(long bytes) {
    this.bytes = bytes;
  }

  void watches(FlatMemory watched) {
    memory = watched;
  }

  long bytes() {
    return bytes;
  }

  boolean exceeded() {
    return exceeded;
  }

  /** Why an isolate that ran out of memory has ended. */
  IsolateException.OutOfMemory reason() {
    return heapIsFull
        ? new IsolateException.OutOfMemory(
            "The process has no memory left for the program: all isolates together may hold %d bytes."
                .formatted(ALL_BYTES))
        : new IsolateException.OutOfMemory(bytes);
  }

  /**
   * Tells where the guest's allocator keeps the number of bytes that it grows by. Growing copies
   * the whole memory, so the step grows with it.
   */
  void startWith(int growthStepAddress) {
    growthStep = growthStepAddress;
    setGrowthStep();
  }

  private void setGrowthStep() {
    if (memory != null && growthStep != 0) {
      int step = Integer.highestOneBit(memory.size() / 8);
      memory.writeI32(growthStep, Math.clamp(step, SMALLEST_STEP, LARGEST_STEP));
    }
  }

  /**
   * Runs work whose memory the guest may go without: what doesn't fit is refused, and nothing else
   * comes of it.
   */
  <T> T leniently(Supplier<T> work) {
    boolean before = lenient;
    lenient = true;
    try {
      return work.get();
    } finally {
      lenient = before;
    }
  }

  /** Asked for the whole size that the memory wants to have, before each growth. */
  @Override
  public boolean reserve(long size) {
    if (size + outside > bytes || !holdAll(size)) {
      exceed(size + outside <= bytes);
      return false;
    }
    setGrowthStep();
    asked = size;
    held += size;
    return true;
  }

  /** Takes what Java holds for the guest beside its memory, or answers false. */
  boolean take(long size) {
    long own = memory == null ? 0 : memory.size();
    if (own + outside + size > bytes || !holdAll(size)) {
      return false;
    }
    outside += size;
    held += size;
    return true;
  }

  /** Gives back what {@link #take} took. */
  void giveBack(long size) {
    outside -= size;
    held -= size;
    HELD.addAndGet(-size);
  }

  /** Gives back all that {@link #take} took: for an isolate that ends. */
  void giveBackAll() {
    giveBack(outside);
  }

  /** Takes heap of the process's for a while, for no isolate, or answers false. */
  static boolean borrow(long size) {
    return holdAll(size);
  }

  static void repay(long size) {
    HELD.addAndGet(-size);
  }

  private static boolean holdAll(long size) {
    if (HELD.addAndGet(size) <= ALL_BYTES) {
      return true;
    }
    HELD.addAndGet(-size);
    return false;
  }

  /** The old memory after a growth; or what was asked for last, when the JVM has no room for it. */
  @Override
  public void release(long size) {
    HELD.addAndGet(-size);
    held -= size;
    if (size == asked) {
      exceed(true);
    }
  }

  /** Gives back what the memory still holds: for an isolate that failed to open. */
  void abandon() {
    HELD.addAndGet(-held);
    held = 0;
  }

  private void exceed(boolean inProcess) {
    if (lenient) {
      return;
    }
    exceeded = true;
    heapIsFull = inProcess;
    if (memory != null) {
      memory.interrupt();
    }
  }
}
