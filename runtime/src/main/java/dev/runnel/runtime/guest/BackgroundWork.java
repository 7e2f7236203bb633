package dev.runnel.runtime.guest;

import dev.runnel.runtime.loop.EventLoop;

/**
 * What a program does for {@code waitUntil}, beyond its answers. A program that is to end may end
 * it first.
 *
 * <p>Confined to the loop thread but for {@link #isUnderWay}.
 */
final class BackgroundWork {
  private final EventLoop loop;
  private volatile int pending;
  private boolean ending;

  BackgroundWork(EventLoop loop) {
    this.loop = loop;
  }

  boolean isUnderWay() {
    return pending > 0;
  }

  /** The program says how many promises are left. */
  void pending(int promises) {
    pending = promises;
    stopWhenDone();
  }

  /** Stops the loop when nothing is left. */
  void end() {
    ending = true;
    stopWhenDone();
  }

  private void stopWhenDone() {
    if (ending && !isUnderWay()) {
      loop.stop();
    }
  }
}
