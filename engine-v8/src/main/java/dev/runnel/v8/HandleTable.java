package dev.runnel.v8;

import dev.runnel.engine.JsValue;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The guest objects that Java carries. They live in a table of the guest's, by number; a handle
 * that was released, or that nobody holds any more, frees its number before the next call.
 */
final class HandleTable {

  /** A number in the guest's table. */
  private static final class V8Handle implements JsValue.Handle {
    private final HandleTable table;
    private final int number;
    private final String guestType;
    private final Lease lease;

    V8Handle(HandleTable table, int number, String guestType) {
      this.table = table;
      this.number = number;
      this.guestType = guestType;
      this.lease = new Lease(this, number, table.unreachable);
    }

    @Override
    public String guestType() {
      return guestType;
    }

    @Override
    public void release() {
      if (table.leases.remove(lease)) {
        lease.clear();
        table.released.add(number);
      }
    }
  }

  /** Outlives its handle, to tell which number it had. */
  private static final class Lease extends PhantomReference<V8Handle> {
    private final int number;

    Lease(V8Handle handle, int number, ReferenceQueue<V8Handle> unreachable) {
      super(handle, unreachable);
      this.number = number;
    }
  }

  private final ReferenceQueue<V8Handle> unreachable = new ReferenceQueue<>();
  private final Set<Lease> leases = new HashSet<>();
  private final Set<Integer> released = new HashSet<>();

  JsValue.Handle add(int number, String guestType) {
    V8Handle handle = new V8Handle(this, number, guestType);
    leases.add(handle.lease);
    return handle;
  }

  int number(JsValue.Handle handle) {
    if (!(handle instanceof V8Handle mine) || mine.table != this) {
      throw new IllegalArgumentException("The handle belongs to another isolate.");
    }
    if (!leases.contains(mine.lease)) {
      throw new IllegalStateException("The handle has been released.");
    }
    return mine.number;
  }

  /** Hands over each number that can be used again. */
  void sweep(IntConsumer forget) {
    for (Reference<?> gone = unreachable.poll(); gone != null; gone = unreachable.poll()) {
      Lease lease = (Lease) gone;
      if (leases.remove(lease)) {
        released.add(lease.number);
      }
    }
    if (!released.isEmpty()) {
      released.forEach(forget::accept);
      released.clear();
    }
  }
}
