package dev.runnel.v8;

import com.caoccao.javet.enums.V8GCType;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.monitoring.V8HeapStatistics;
import dev.runnel.engine.MemoryUse;
import java.util.EnumSet;

/**
 * Stops a guest that holds more than its limit. V8 looks after each full collection, and asks when
 * the heap nears the limit of the whole process's isolates. Neither sees one huge allocation
 * coming: that ends the process.
 */
final class HeapWatch {
  /** Javet's names are one bit off: this is what it calls V8's mark-sweep-compact. */
  private static final V8GCType FULL_COLLECTION = V8GCType.GCTypeIncrementalMarking;

  private static final long ROOM_TO_STOP_IN = 64L << 20;
  private static final int MOST_COLLECTIONS_OVER_LIMIT = 3;

  private final V8Runtime runtime;
  private final long limit;
  private volatile boolean exceeded;
  private int collectionsOverLimit;
  private MemoryUse latest;

  HeapWatch(V8Runtime runtime, long limit) {
    this.runtime = runtime;
    this.limit = limit;
    this.latest = new MemoryUse(0, 0, limit);
    runtime.addGCEpilogueCallback((types, _) -> afterCollection(types));
    runtime.setNearHeapLimitCallback((current, _) -> nearLimit(current));
  }

  boolean exceeded() {
    return exceeded;
  }

  long limit() {
    return limit;
  }

  /** Only while no guest code is on the stack: V8 answers at once then. */
  MemoryUse measure() {
    return remember(runtime.getV8HeapStatistics().join());
  }

  /** What was measured last. */
  MemoryUse latest() {
    return latest;
  }

  private void afterCollection(EnumSet<V8GCType> types) {
    if (types.contains(FULL_COLLECTION)) {
      // V8 answers when the guest next looks for interrupts, on this same thread.
      var _ = runtime.getV8HeapStatistics().thenAccept(this::check);
    }
  }

  /**
   * Buffers that a collection has found dead are counted until V8 has swept them, which may take it
   * a while.
   */
  private void check(V8HeapStatistics now) {
    long used = remember(now).usedBytes();
    collectionsOverLimit = used > limit ? collectionsOverLimit + 1 : 0;
    boolean isSure = now.getUsedHeapSize() > limit || used > 2 * limit;
    if (isSure || collectionsOverLimit == MOST_COLLECTIONS_OVER_LIMIT) {
      stop();
    }
  }

  private long nearLimit(long current) {
    stop();
    return current + ROOM_TO_STOP_IN;
  }

  private void stop() {
    exceeded = true;
    runtime.terminateExecution();
  }

  private MemoryUse remember(V8HeapStatistics now) {
    long used = now.getUsedHeapSize() + now.getExternalMemory();
    long reserved = now.getTotalHeapSize() + now.getExternalMemory();
    latest = new MemoryUse(used, Math.max(used, Math.min(reserved, limit)), limit);
    return latest;
  }
}
