package dev.runnel.wasm;

/**
 * Bytes that several memories share, so that the guests of one process together stay below its
 * heap.
 *
 * <p>Implementations are called from many threads at once.
 */
public interface MemoryBudget {

  /** Takes {@code bytes} from the budget, or leaves it unchanged and answers false. */
  boolean reserve(long bytes);

  /** Gives back what {@link #reserve} took. */
  void release(long bytes);

  /** A budget that never says no: the memory's own limit and the heap remain. */
  static MemoryBudget unlimited() {
    return new MemoryBudget() {
      @Override
      public boolean reserve(long bytes) {
        return true;
      }

      @Override
      public void release(long bytes) {}
    };
  }
}
