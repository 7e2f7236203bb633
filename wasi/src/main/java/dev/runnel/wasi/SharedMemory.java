package dev.runnel.wasi;

import dev.runnel.wasm.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of all programs of the process: they stay below a part of the JVM's heap, together.
 * Safe from any thread.
 */
final class SharedMemory implements MemoryBudget {
  static final SharedMemory BUDGET = new SharedMemory(Runtime.getRuntime().maxMemory() / 4 * 3);

  private final long most;
  private final AtomicLong held = new AtomicLong();

  private SharedMemory(long most) {
    this.most = most;
  }

  @Override
  public boolean reserve(long bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  @Override
  public void release(long bytes) {
    held.addAndGet(-bytes);
  }
}
