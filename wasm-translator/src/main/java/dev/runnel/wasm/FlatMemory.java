package dev.runnel.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.MemoryLimits;

/**
 * A linear memory in one {@code byte[]}, so that an access costs one bounds check of the JVM and a
 * snapshot is one array copy. Translated code reaches it through {@link FlatAccess}.
 *
 * <p>It also holds the two registers that translated code needs at hand: the stack pointer, if the
 * module has one, and the flag that loops poll.
 *
 * <p>Confined to the thread that runs the guest, but for {@link #interrupt()}, which any thread may
 * call.
 */
public final class FlatMemory extends LinearMemory implements AutoCloseable {
  private static final byte[] CLOSED = {};
  private static final int PAGE_SHIFT = 16;
  private static final VarHandle INTERRUPTED = interruptedHandle();

  private final MemoryLimits limits;
  private final int maximumPages;
  private final MemoryBudget budget;
  private byte[] bytes;

  /** The guest's stack pointer where the translator keeps it here instead of in a global. */
  int stackPointer;

  /** Bytes of the thread's stack that the calls of code that counts them take now. */
  int callStack;

  private int callStackLimit;
  private boolean interrupted;
  private @Nullable Object attachment;

  public FlatMemory(MemoryLimits limits) {
    this(limits, Long.MAX_VALUE, MemoryBudget.unlimited());
  }

  /** A memory that never grows beyond {@code maximumBytes}, whatever the module asks for. */
  public FlatMemory(MemoryLimits limits, long maximumBytes) {
    this(limits, maximumBytes, MemoryBudget.unlimited());
  }

  /**
   * A memory whose bytes also count against {@code budget}.
   *
   * @throws UninstantiableException if the limit or the budget is below the module's initial size
   */
  public FlatMemory(MemoryLimits limits, long maximumBytes, MemoryBudget budget) {
    this.limits = limits;
    long allowedPages = Math.min(maximumBytes >>> PAGE_SHIFT, RUNTIME_MAX_PAGES);
    this.maximumPages = (int) Math.min(limits.maximumPages(), allowedPages);
    this.budget = budget;
    if (limits.initialPages() > maximumPages) {
      throw new UninstantiableException(
          "The module starts with %d pages of memory; the limit is %d."
              .formatted(limits.initialPages(), maximumPages));
    }
    byte @Nullable [] initial = allocate(limits.initialPages());
    if (initial == null) {
      throw new UninstantiableException(
          "No heap is left for the module's %d pages of memory.".formatted(limits.initialPages()));
    }
    this.bytes = initial;
  }

  /**
   * The memory's bytes, not a copy. Dead after the next growth or restore; an intrinsic reads it
   * anew on each call.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** Size in bytes. */
  public int size() {
    return bytes.length;
  }

  // ---- Registers ----

  @Override
  public int stackPointer() {
    return stackPointer;
  }

  @Override
  public void setStackPointer(int address) {
    stackPointer = address;
  }

  /**
   * Ends the guest: its next poll throws {@link GuestInterruptedException}, and so does every later
   * one until {@link #clearInterrupt()}. May be called from any thread.
   */
  public void interrupt() {
    INTERRUPTED.setVolatile(this, true);
  }

  public void clearInterrupt() {
    INTERRUPTED.setVolatile(this, false);
  }

  /** Opaque, not plain: C2 would move a plain read out of a loop that calls nothing. */
  boolean interrupted() {
    return (boolean) INTERRUPTED.getOpaque(this);
  }

  // ---- What the host keeps with the guest ----

  /** Whatever {@link #attach} was given last; an intrinsic finds its guest's own state by it. */
  public @Nullable Object attachment() {
    return attachment;
  }

  public void attach(Object attached) {
    attachment = attached;
  }

  // ---- The stack of code that counts its calls, in windows above all ----

  /** An estimate, from above, of the thread's stack that such code takes at the moment. */
  public int callStack() {
    return callStack;
  }

  /** For whoever left such code by an exception. */
  public void setCallStack(int bytes) {
    callStack = bytes;
  }

  public int callStackLimit() {
    return callStackLimit;
  }

  /** What {@link #callStack} may become; deeper calls throw {@link CallStackExhaustedException}. */
  public void limitCallStack(int bytes) {
    callStackLimit = bytes;
  }

  /** Takes room for one call, and answers what was taken before it. */
  int enterCall(int bytes) {
    int before = callStack;
    int after = before + bytes;
    if (after > callStackLimit) {
      throw new CallStackExhaustedException();
    }
    if (interrupted()) {
      throw new GuestInterruptedException();
    }
    callStack = after;
    return before;
  }

  // ---- Size ----

  @Override
  public int pages() {
    return bytes.length >>> PAGE_SHIFT;
  }

  /** Grows by {@code delta} pages (u32); the old size in pages, or -1 if that can't be. */
  @Override
  public int grow(int delta) {
    int before = pages();
    long wanted = before + Integer.toUnsignedLong(delta);
    if (wanted > maximumPages) {
      return -1;
    }
    if (delta == 0) {
      return before;
    }
    byte @Nullable [] grown = allocate((int) wanted);
    if (grown == null) {
      return -1;
    }
    System.arraycopy(bytes, 0, grown, 0, bytes.length);
    replace(grown);
    return before;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return maximumPages;
  }

  /**
   * Gives back what lies behind the first {@code pages} pages. WebAssembly knows no such thing: the
   * host answers for it that the guest has nothing there.
   */
  public void shrink(int pages) {
    int freed = bytes.length - Math.multiplyExact(pages, PAGE_SIZE);
    if (freed <= 0) {
      throw new IllegalArgumentException(
          "%d pages can't become %d by shrinking.".formatted(pages(), pages));
    }
    bytes = Arrays.copyOf(bytes, bytes.length - freed);
    budget.release(freed);
  }

  /** The bytes of this memory, as {@link #restore} takes them. */
  public byte[] snapshot() {
    return bytes.clone();
  }

  /**
   * Makes this memory equal to a snapshot, size included.
   *
   * @throws IllegalArgumentException if the snapshot is no whole number of pages or over the limit
   * @throws OutOfMemoryError if no heap is left for it
   */
  public void restore(byte[] snapshot) {
    if ((snapshot.length & (PAGE_SIZE - 1)) != 0 || snapshot.length >>> PAGE_SHIFT > maximumPages) {
      throw new IllegalArgumentException(
          "A snapshot of %d bytes does not fit a memory of at most %d pages."
              .formatted(snapshot.length, maximumPages));
    }
    if (snapshot.length != bytes.length) {
      byte @Nullable [] resized = allocate(snapshot.length >>> PAGE_SHIFT);
      if (resized == null) {
        throw new OutOfMemoryError("No heap is left for a snapshot of " + snapshot.length);
      }
      replace(resized);
    }
    System.arraycopy(snapshot, 0, bytes, 0, snapshot.length);
  }

  /** Gives the bytes back to the heap and the budget. Every later access traps. */
  @Override
  public void close() {
    replace(CLOSED);
  }

  private byte @Nullable [] allocate(int pages) {
    long size = (long) pages << PAGE_SHIFT;
    if (!budget.reserve(size)) {
      return null;
    }
    try {
      return new byte[(int) size];
    } catch (OutOfMemoryError noHeap) {
      budget.release(size);
      return null;
    }
  }

  private void replace(byte[] next) {
    long freed = bytes.length;
    bytes = next;
    budget.release(freed);
  }

  @Override
  void initFrom(byte[] data, int destination, int source, int count) {
    checkRange(source, count, data.length);
    checkRange(destination, count, bytes.length);
    System.arraycopy(data, source, bytes, destination, count);
  }

  @Override
  int length() {
    return bytes.length;
  }

  // ---- Bulk access; addresses and counts are u32 ----

  @Override
  public void copy(int destination, int source, int count) {
    checkRange(source, count, bytes.length);
    checkRange(destination, count, bytes.length);
    System.arraycopy(bytes, source, bytes, destination, count);
  }

  void fillBytes(int address, byte value, int count) {
    checkRange(address, count, bytes.length);
    Arrays.fill(bytes, address, address + count, value);
  }

  @Override
  public void fill(byte value, int from, int to) {
    fillBytes(from, value, to - from);
  }

  @Override
  public void zero() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public void write(int address, byte[] source, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, source.length);
    checkRange(address, count, bytes.length);
    System.arraycopy(source, offset, bytes, address, count);
  }

  @Override
  public byte[] readBytes(int address, int count) {
    checkRange(address, count, bytes.length);
    return Arrays.copyOfRange(bytes, address, address + count);
  }

  // ---- Single values, as the host sees them ----

  @Override
  public byte read(int address) {
    return FlatAccess.memoryReadByte(address, this);
  }

  @Override
  public void writeByte(int address, byte value) {
    FlatAccess.memoryWriteByte(address, value, this);
  }

  @Override
  public short readShort(int address) {
    return FlatAccess.memoryReadShort(address, this);
  }

  @Override
  public void writeShort(int address, short value) {
    FlatAccess.memoryWriteShort(address, value, this);
  }

  @Override
  public int readInt(int address) {
    return FlatAccess.memoryReadInt(address, this);
  }

  @Override
  public void writeI32(int address, int value) {
    FlatAccess.memoryWriteInt(address, value, this);
  }

  @Override
  public long readLong(int address) {
    return FlatAccess.memoryReadLong(address, this);
  }

  @Override
  public void writeLong(int address, long value) {
    FlatAccess.memoryWriteLong(address, value, this);
  }

  @Override
  public float readFloat(int address) {
    return FlatAccess.memoryReadFloat(address, this);
  }

  @Override
  public void writeF32(int address, float value) {
    FlatAccess.memoryWriteFloat(address, value, this);
  }

  @Override
  public double readDouble(int address) {
    return FlatAccess.memoryReadDouble(address, this);
  }

  @Override
  public void writeF64(int address, double value) {
    FlatAccess.memoryWriteDouble(address, value, this);
  }

  @Override
  public boolean shared() {
    return limits.shared();
  }

  private static VarHandle interruptedHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(FlatMemory.class, "interrupted", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
