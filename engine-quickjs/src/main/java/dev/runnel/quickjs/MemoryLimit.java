package dev.runnel.quickjs;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * The memory limit of one isolate. Memory that would grow over it doesn't, and the guest is
 * interrupted: running out ends an isolate rather than reaching its program as an error, since a
 * program that can't allocate can't recover either.
 */
final class MemoryLimit implements MemoryBudget {
  private final long bytes;
  private @Nullable FlatMemory memory;
  private boolean exceeded;

  MemoryLimit(long bytes) {
    this.bytes = bytes;
  }

  void watches(FlatMemory watched) {
    memory = watched;
  }

  long bytes() {
    return bytes;
  }

  boolean exceeded() {
    return exceeded;
  }

  /** Asked for the whole size that the memory wants to have, before each growth. */
  @Override
  public boolean reserve(long size) {
    if (size <= bytes) {
      return true;
    }
    exceeded = true;
    if (memory != null) {
      memory.interrupt();
    }
    return false;
  }

  @Override
  public void release(long size) {}
}
