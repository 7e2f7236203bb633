package dev.runnel.runtime.http;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What an isolate's thread does while it has no work: it sleeps, or reads from the network, so that
 * a request is found by the thread that answers it.
 */
public interface Idling {
  /** Sleeps. */
  Idling PARKED =
      new Idling() {
        @Override
        public void idle(long nanoseconds, BooleanSupplier hasNothing) {
          if (hasNothing.getAsBoolean()) {
            LockSupport.parkNanos(this, nanoseconds);
          }
        }

        @Override
        public void wake(Thread idle) {
          LockSupport.unpark(idle);
        }
      };

  /**
   * Called by a thread without work. Returns when there may be some, when the time is over, or
   * whenever it likes.
   *
   * @param hasNothing looked at before the thread blocks; whoever makes it false then calls {@link
   *     #wake}
   */
  void idle(long nanoseconds, BooleanSupplier hasNothing);

  /** Lets that thread return from {@link #idle} soon. From any thread. */
  void wake(Thread idle);
}
