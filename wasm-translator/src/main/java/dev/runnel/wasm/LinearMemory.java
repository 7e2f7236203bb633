package dev.runnel.wasm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/**
 * What all linear memories have alike: their data segments, and one thread that owns them, so that
 * there is nobody to wait for.
 */
abstract sealed class LinearMemory implements GuestMemory permits FlatMemory, WindowMemory {
  private DataSegment @Nullable [] segments;

  /** The memory's size in bytes. */
  abstract int length();

  /** Copies bytes of a segment, as {@code memory.init} does; the numbers are u32. */
  abstract void initFrom(byte[] data, int destination, int source, int count);

  // ---- Data segments ----

  @Override
  public final void initialize(Instance instance, DataSegment[] segments) {
    initialize(instance, segments, 0);
  }

  @Override
  public final void initialize(Instance instance, DataSegment[] segments, int memoryIndex) {
    this.segments = segments;
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] instanceof ActiveDataSegment active && active.index() == memoryIndex) {
        place(instance, active);
        segments[i] = PassiveDataSegment.EMPTY;
      }
    }
  }

  private void place(Instance instance, ActiveDataSegment segment) {
    int offset =
        (int) ConstantEvaluators.computeConstantValue(instance, segment.offsetInstructions())[0];
    byte[] data = segment.data();
    if (Integer.toUnsignedLong(offset) + data.length > length()) {
      throw new UninstantiableException("out of bounds memory access: data segment");
    }
    initFrom(data, offset, 0, data.length);
  }

  @Override
  public final void initPassiveSegment(int segment, int destination, int source, int count) {
    initFrom(Objects.requireNonNull(segments)[segment].data(), destination, source, count);
  }

  @Override
  public final void drop(int segment) {
    Objects.requireNonNull(segments)[segment] = PassiveDataSegment.EMPTY;
  }

  static void checkRange(int address, int count, int length) {
    if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(count) > length) {
      throw outOfBounds();
    }
  }

  static TrapException outOfBounds() {
    return new TrapException("out of bounds memory access");
  }

  // ---- Single values in the shape in which Endive's own code wants them ----

  @Override
  public final long readU16(int address) {
    return Short.toUnsignedLong(readShort(address));
  }

  @Override
  public final long readF32(int address) {
    return readInt(address);
  }

  @Override
  public final long readF64(int address) {
    return readLong(address);
  }

  // ---- Threads ----

  @Override
  @SuppressWarnings({"deprecation", "removal"})
  public final Object lock(int address) {
    return this;
  }

  @Override
  @SuppressWarnings({"deprecation", "removal"})
  public final int waitOn(int address, int expected, long timeout) {
    throw noThreads();
  }

  @Override
  @SuppressWarnings({"deprecation", "removal"})
  public final int waitOn(int address, long expected, long timeout) {
    throw noThreads();
  }

  @Override
  @SuppressWarnings({"deprecation", "removal"})
  public final int notify(int address, int maxThreads) {
    return 0;
  }

  static TrapException noThreads() {
    return new TrapException("memory.atomic.wait is not supported: a flat memory has one thread");
  }
}
