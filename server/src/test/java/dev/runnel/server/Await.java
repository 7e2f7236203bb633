package dev.runnel.server;

import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread brings about. */
final class Await {
  private Await() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + 5_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("The condition has not come true within five seconds.");
      }
      Thread.onSpinWait();
    }
  }
}
