package dev.runnel.runtime.guest;

import dev.runnel.engine.Isolate;
import dev.runnel.engine.MemoryUse;

/** How full an isolate is. Confined to its thread. */
final class GuestMemory {
  private GuestMemory() {}

  /**
   * True when live values take more than that part of the limit, after a collection at the latest.
   */
  static boolean isFullerThan(int percent, Isolate isolate) {
    if (!exceeds(percent, isolate.memoryUse())) {
      return false;
    }
    isolate.collectGarbage();
    return exceeds(percent, isolate.memoryUse());
  }

  private static boolean exceeds(int percent, MemoryUse use) {
    return use.usedBytes() > use.limitBytes() / 100 * percent;
  }
}
