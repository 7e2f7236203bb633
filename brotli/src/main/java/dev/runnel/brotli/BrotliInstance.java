package dev.runnel.brotli;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestInterruptedException;
import java.nio.ByteBuffer;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmEngineException;

/**
 * One memory with codecs in it, and room for what goes in and out. Used by one thread at a time:
 * whoever calls a codec holds this object's monitor.
 */
final class BrotliInstance {
  /** What goes through in one call. */
  private static final int PIECE = 32 << 10;

  /** A shared memory that has grown beyond is left to those that are in it. */
  private static final int LARGE = 16 << 20;

  private static final int CELL = Integer.BYTES;

  private final BrotliMemory budget;
  private final FlatMemory memory;
  private final Machine machine;

  /** Six numbers that a call reads and sets. */
  private final int cells;

  private final int input;
  private final int output;
  private int users;
  private boolean failed;

  BrotliInstance(BrotliMemory budget) {
    Instance instance = BrotliModule.newInstance(budget);
    this.budget = budget;
    this.memory = (FlatMemory) instance.memory();
    this.machine = instance.getMachine();
    this.cells = allocate(6 * CELL);
    this.input = allocate(PIECE);
    this.output = allocate(PIECE);
  }

  private int allocate(int bytes) {
    return call(BrotliModule.Function.ALLOCATE, bytes);
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
  synchronized void leave() {
    users--;
    if (users <= 0) {
      memory.close();
    }
  }

  /**
   * @throws BrotliMemoryException when the memory couldn't grow as needed
   * @throws BrotliInterruptedException when told so; only {@link #leave} may follow
   */
  int call(BrotliModule.Function function, long... arguments) {
    int stackPointer = memory.stackPointer();
    try {
      long[] results = machine.call(function.index(), arguments);
      return results == null || results.length == 0 ? 0 : (int) results[0];
    } catch (GuestInterruptedException e) {
      failed = true;
      throw new BrotliInterruptedException();
    } catch (WasmEngineException e) {
      failed = true;
      memory.setStackPointer(stackPointer);
      throw trapped(e);
    }
  }

  /** Rust ends with a trap when memory was refused, and in no other case that is known. */
  private RuntimeException trapped(WasmEngineException cause) {
    return budget.hasRefused()
        ? budget.full()
        : new IllegalStateException("Brotli's code failed.", cause);
  }

  boolean hasFailed() {
    return failed;
  }

  /** A call from any thread makes the present or next call of a codec fail. */
  void interrupt() {
    memory.interrupt();
  }

  int read(int address) {
    return memory.readInt(address);
  }

  void write(int address, int value) {
    memory.writeI32(address, value);
  }

  /** Where a codec finds what it works on; all but the buffers are addresses of numbers. */
  record Ports(
      int available, int taken, int input, int length, int room, int given, int output, int size) {}

  /** Lays out what is left of the input, as far as one call may take it, and room for output. */
  Ports open(ByteBuffer from, ByteBuffer to) {
    int length = Math.min(from.remaining(), PIECE);
    from.get(from.position(), memory.bytes(), input, length);
    int size = Math.min(to.remaining(), PIECE);
    write(cells, length);
    write(cells + CELL, 0);
    write(cells + 2 * CELL, size);
    write(cells + 3 * CELL, 0);
    return new Ports(
        cells, cells + CELL, input, length, cells + 2 * CELL, cells + 3 * CELL, output, size);
  }

  /** A number besides, that a codec counts in. */
  int total() {
    return cells + 4 * CELL;
  }

  /** Takes over what a codec has done, and answers how much came out. */
  int close(Ports ports, ByteBuffer from, ByteBuffer to) {
    from.position(from.position() + read(ports.taken));
    int given = read(ports.given);
    to.put(memory.bytes(), output, given);
    return given;
  }
}
