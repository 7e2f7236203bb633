package dev.runnel.quickjs;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/**
 * The guest values that Java's handles keep alive. A handle that is dropped without a release is
 * found by Java's own garbage collector, so that a host function may ignore objects it is passed.
 */
final class HeldValues {

  /** Stands for a handle after Java has forgotten it. */
  static final class Reference extends PhantomReference<QuickJsHandle> {
    private final long value;

    private Reference(QuickJsHandle handle, long value, ReferenceQueue<QuickJsHandle> queue) {
      super(handle, queue);
      this.value = value;
    }
  }

  private final QuickJs js;
  private final Set<Reference> held = new HashSet<>();
  private final ReferenceQueue<QuickJsHandle> dropped = new ReferenceQueue<>();

  HeldValues(QuickJs js) {
    this.js = js;
  }

  /** Takes the value. */
  Reference hold(QuickJsHandle handle, long value) {
    Reference reference = new Reference(handle, value, dropped);
    held.add(reference);
    return reference;
  }

  long value(Reference reference) {
    if (!held.contains(reference)) {
      throw new IllegalArgumentException("A handle was used after its release.");
    }
    return reference.value;
  }

  void release(Reference reference) {
    if (held.remove(reference)) {
      js.free(reference.value);
    }
  }

  void releaseDropped() {
    while (dropped.poll() instanceof Reference reference) {
      release(reference);
    }
  }

  /** The guest is gone: from here on, releasing a handle does nothing. */
  void clear() {
    held.clear();
  }
}
