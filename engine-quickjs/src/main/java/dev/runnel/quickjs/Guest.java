package dev.runnel.quickjs;

import dev.runnel.quickjs.jit.Jit;
import dev.runnel.wasm.FlatMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongPredicate;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.runtime.TrapException;

/**
 * One instance of the engine's wasm module: its memory, its registers and its exported functions.
 * The only class that knows what machine runs the code.
 *
 * <p>Confined to the isolate's thread, but for {@link #interrupt()}.
 */
final class Guest implements AutoCloseable {
  private final FlatMemory memory;
  private final Machine machine;
  private final GlobalInstance contextFrame;
  private final int[] functions;
  private final Instance instance;

  private Guest(Instance instance) {
    this.instance = instance;
    this.memory = (FlatMemory) instance.memory();
    this.machine = instance.getMachine();
    this.contextFrame = EngineModule.contextFrame(instance);
    this.functions = EngineModule.functionIndexes();
  }

  /** An instance in the state that the file describes: no code has run. */
  static Guest instantiate(HostFunction[] imports, MemoryLimit limit) {
    ImportValues values = ImportValues.builder().addFunction(imports).build();
    Guest guest = new Guest(EngineModule.newInstance(limit).withImportValues(values).build());
    limit.watches(guest.memory);
    return guest;
  }

  /**
   * Has hot functions compiled from now on.
   *
   * @param runtime address of the JSRuntime
   * @param room takes bytes of the memory limit, or answers false
   */
  Jit compileHotFunctions(int runtime, int threshold, LongPredicate room) {
    return Jit.attach(instance, memory, runtime, threshold, room);
  }

  /** Calls an exported function; a function without result answers 0. */
  long call(Export function, long... arguments) {
    long[] results = machine.call(functions[function.ordinal()], arguments);
    return results == null || results.length == 0 ? 0 : results[0];
  }

  int callInt(Export function, long... arguments) {
    return (int) call(function, arguments);
  }

  // ---- Registers ----

  int stackPointer() {
    return memory.stackPointer();
  }

  void setStackPointer(int address) {
    memory.setStackPointer(address);
  }

  /** The async context frame, a JSValue that a wasm global holds between calls. */
  long contextFrame() {
    return contextFrame.getValue();
  }

  /** Any thread may call this; the guest stops at its next poll and for good. */
  void interrupt() {
    memory.interrupt();
  }

  // ---- Memory ----

  /** For the windows of modules that the guest runs. */
  FlatMemory memory() {
    return memory;
  }

  /** The memory's size in bytes. */
  int size() {
    return memory.size();
  }

  /** The memory itself, not a copy: dead after the next call into the guest. */
  byte[] bytes() {
    return memory.bytes();
  }

  /** Gives back the pages behind the first {@code bytes} bytes. */
  void shrink(int bytes) {
    memory.shrink(bytes / Memory.PAGE_SIZE);
  }

  void restore(byte[] image) {
    memory.restore(image);
  }

  int readInt(int address) {
    return memory.readInt(address);
  }

  int readUnsignedShort(int address) {
    return Short.toUnsignedInt(memory.readShort(address));
  }

  long readLong(int address) {
    return memory.readLong(address);
  }

  void writeInt(int address, int value) {
    memory.writeI32(address, value);
  }

  void writeLong(int address, long value) {
    memory.writeLong(address, value);
  }

  void write(int address, byte[] source) {
    memory.write(address, source, 0, source.length);
  }

  /** A little-endian window into the memory, dead after the next call into the guest. */
  ByteBuffer window(int address, int length) {
    byte[] bytes = memory.bytes();
    checkRange(address, length);
    return ByteBuffer.wrap(bytes, address, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The address of the first zero byte from here on. */
  int endOfCString(int address) {
    byte[] bytes = memory.bytes();
    checkRange(address, 0);
    for (int end = address; end < bytes.length; end++) {
      if (bytes[end] == 0) {
        return end;
      }
    }
    throw new TrapException("a C string runs off the memory");
  }

  void checkRange(int address, int length) {
    if (address < 0 || length < 0 || length > memory.size() - address) {
      throw new TrapException(
          "%d bytes at %d lie outside of the guest's memory"
              .formatted(length, Integer.toUnsignedLong(address)));
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
