package dev.runnel.runtime.worker;

/**
 * How many items a subscriber still takes, as {@link java.util.concurrent.Flow} counts them: added
 * to by any thread, used up by the one that delivers.
 */
final class Demand {
  private long left;
  private boolean over;

  /** Adds to it; {@link Long#MAX_VALUE} and more is without bounds. */
  synchronized void add(long items) {
    left = left > Long.MAX_VALUE - items ? Long.MAX_VALUE : left + items;
    notifyAll();
  }

  /** Uses up one item's worth, waiting until there is one. False when there won't be any more. */
  synchronized boolean take() throws InterruptedException {
    while (left == 0 && !over) {
      wait();
    }
    if (over) {
      return false;
    }
    if (left < Long.MAX_VALUE) {
      left--;
    }
    return true;
  }

  /** Nobody wants any more. */
  synchronized void end() {
    over = true;
    notifyAll();
  }
}
