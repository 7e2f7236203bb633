package dev.runnel.codec;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestInterruptedException;
import dev.runnel.wasm.MemoryBudget;
import java.nio.ByteBuffer;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmEngineException;

/**
 * One memory with streams of a codec in it, and room for what goes in and out. Used by one thread
 * at a time: whoever calls the codec holds this object's monitor.
 */
public final class CodecInstance {
  /** What goes through in one call. */
  public static final int PIECE = 32 << 10;

  /** A shared memory that has grown beyond is left to those that are in it. */
  private static final int LARGE = 16 << 20;

  private static final int MOST_CELLS = 8;

  private final CodecMemory budget;
  private final CodecModule module;
  private final FlatMemory memory;
  private final Machine machine;
  private final int cells;
  private final int input;
  private final int output;
  private int users;
  private boolean failed;
  private boolean refused;

  CodecInstance(CodecMemory budget, CodecModule module) {
    this.budget = budget;
    this.module = module;
    Instance instance = module.newInstance(new Share());
    this.memory = (FlatMemory) instance.memory();
    this.machine = instance.getMachine();
    try {
      this.cells = allocate(MOST_CELLS * Integer.BYTES + 2 * PIECE);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
    this.input = cells + MOST_CELLS * Integer.BYTES;
    this.output = input + PIECE;
  }

  /** Knows whether it was this memory that couldn't grow. */
  private final class Share implements MemoryBudget {
    @Override
    public boolean reserve(long bytes) {
      boolean hasRoom = budget.reserve(bytes);
      refused |= !hasRoom;
      return hasRoom;
    }

    @Override
    public void release(long bytes) {
      budget.release(bytes);
    }
  }

  /**
   * @throws CodecMemoryException when there is no room
   */
  public int allocate(int bytes) {
    int address = call(module.allocate(), bytes);
    if (address == 0) {
      throw full();
    }
    return address;
  }

  /** Counts a user; false when a new memory is better. */
  synchronized boolean join() {
    if (failed || memory.size() == 0 || memory.size() > LARGE) {
      return false;
    }
    users++;
    return true;
  }

  /** The last one gives the memory back. */
  public synchronized void leave() {
    users--;
    if (users <= 0) {
      memory.close();
    }
  }

  /**
   * @throws CodecMemoryException when the memory couldn't grow as needed
   * @throws CodecInterruptedException when told so; only {@link #leave} may follow
   */
  public int call(int function, long... arguments) {
    int stackPointer = memory.stackPointer();
    try {
      long[] results = machine.call(function, arguments);
      return results == null || results.length == 0 ? 0 : (int) results[0];
    } catch (GuestInterruptedException e) {
      failed = true;
      throw new CodecInterruptedException();
    } catch (WasmEngineException e) {
      failed = true;
      memory.setStackPointer(stackPointer);
      throw trapped(e);
    }
  }

  /** Codecs that end with a trap do so when memory was refused, and in no other case known. */
  private RuntimeException trapped(WasmEngineException cause) {
    return refused
        ? budget.full()
        : new IllegalStateException("%s's code failed.".formatted(module.name()), cause);
  }

  public boolean hasFailed() {
    return failed;
  }

  /** A call from any thread makes the present or next call of a codec fail. */
  void interrupt() {
    memory.interrupt();
  }

  /** Below it lies, until the next call, what a function had in its frame. */
  public int stackPointer() {
    return memory.stackPointer();
  }

  public int read(int address) {
    return memory.readInt(address);
  }

  public long readLong(int address) {
    return memory.readLong(address);
  }

  public void write(int address, int value) {
    memory.writeI32(address, value);
  }

  public void writeLong(int address, long value) {
    memory.writeLong(address, value);
  }

  /** The address of one of eight numbers that a call reads and sets. */
  public int cell(int index) {
    return cells + index * Integer.BYTES;
  }

  public int input() {
    return input;
  }

  public int output() {
    return output;
  }

  /** Lays out what is left of the input, as far as one call may take it, and answers its length. */
  public int load(ByteBuffer from) {
    int length = Math.min(from.remaining(), PIECE);
    from.get(from.position(), memory.bytes(), input, length);
    return length;
  }

  /** Takes over what a call has done. */
  public void done(ByteBuffer from, int taken, ByteBuffer to, int given) {
    from.position(from.position() + taken);
    to.put(memory.bytes(), output, given);
  }

  /** What to throw when the codec says that it has no memory. */
  public CodecMemoryException full() {
    failed = true;
    return budget.full();
  }

  /** True once the memory couldn't grow as it was asked to. */
  public boolean wasRefusedMemory() {
    return refused;
  }
}
