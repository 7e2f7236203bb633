package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.V8ValueFunction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Decides when V8 runs its microtasks.
 *
 * <p>Left to itself V8 runs them whenever the outermost call returns, before {@code
 * process.nextTick} callbacks that must come first. V8 has a policy for embedders that decide
 * themselves, but Javet offers no way to set it, so this writes the policy where V8 keeps it.
 */
final class Microtasks {
  private static final long QUEUE_IN_ISOLATE = 66_704;
  private static final long SIZE = 8;
  private static final long NEXT = 48;
  private static final long PREVIOUS = 56;
  private static final long POLICY = 72;
  private static final long QUEUE_BYTES = 80;

  private static final int EXPLICIT = 0;
  private static final int AUTOMATIC = 2;

  private final MemorySegment queue;
  private final V8ValueFunction nothing;

  private Microtasks(MemorySegment queue, V8ValueFunction nothing) {
    this.queue = queue;
    this.nothing = nothing;
  }

  /** Takes over from V8. */
  static Microtasks take(V8Runtime runtime, NativeIsolate isolate) throws JavetException {
    MemorySegment queue = isolate.behind(QUEUE_IN_ISOLATE, QUEUE_BYTES);
    boolean known =
        queue.get(ValueLayout.JAVA_LONG, NEXT) == queue.address()
            && queue.get(ValueLayout.JAVA_LONG, PREVIOUS) == queue.address()
            && queue.get(ValueLayout.JAVA_LONG, SIZE) == 0
            && queue.get(ValueLayout.JAVA_INT, POLICY) == AUTOMATIC;
    if (!known) {
      throw new IllegalStateException("V8's microtask queue is not where it is expected.");
    }
    V8ValueFunction nothing = runtime.getExecutor("(() => undefined)").execute();
    Microtasks microtasks = new Microtasks(queue, nothing);
    microtasks.policy(EXPLICIT);
    return microtasks;
  }

  boolean isEmpty() {
    return queue.get(ValueLayout.JAVA_LONG, SIZE) == 0;
  }

  /** Runs all that wait, and those that they add. */
  void run() throws JavetException {
    policy(AUTOMATIC);
    try {
      Values.close(nothing.<V8Value>call(null));
    } finally {
      policy(EXPLICIT);
    }
  }

  private void policy(int policy) {
    queue.set(ValueLayout.JAVA_INT, POLICY, policy);
  }
}
