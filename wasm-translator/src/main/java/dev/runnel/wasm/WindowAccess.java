package dev.runnel.wasm;

import static java.lang.invoke.MethodHandles.byteArrayViewVarHandle;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.runtime.TagInstance;
import run.endive.runtime.TrapException;
import run.endive.runtime.WasmException;

/**
 * What {@link FlatAccess} is to a {@link FlatMemory}, for a {@link WindowMemory}. Every access is
 * checked twice: against the window by its size, and against the memory around it by the JVM.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/instructions.html">Memory
 *     instructions</a>
 */
public final class WindowAccess {
  private static final VarHandle SHORT = byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT = byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG = byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle FLOAT = byteArrayViewVarHandle(float[].class, LITTLE_ENDIAN);
  private static final VarHandle DOUBLE = byteArrayViewVarHandle(double[].class, LITTLE_ENDIAN);

  private WindowAccess() {}

  // ---- Registers ----

  /** Stands at the back-edge of every loop. */
  public static void poll(WindowMemory memory) {
    if (memory.owner.interrupted()) {
      throw new GuestInterruptedException();
    }
  }

  /** Stands at the start of every function; what it answers goes to {@link #leave}. */
  public static int enter(int stackBytes, WindowMemory memory) {
    return memory.owner.enterCall(stackBytes);
  }

  /** Stands before every return, and where an exception is caught. */
  public static void leave(int callStack, WindowMemory memory) {
    memory.owner.callStack = callStack;
  }

  public static int stackPointer(WindowMemory memory) {
    return memory.stackPointer;
  }

  public static void setStackPointer(int address, WindowMemory memory) {
    memory.stackPointer = address;
  }

  // ---- Loads and stores ----

  /**
   * Where in the array around the window a value of {@code width} bytes lies. A window has less
   * than 2^31 bytes, so a base with its top bit set is outside, and a sum that wraps is negative.
   */
  private static int at(int base, int offset, int width, WindowMemory memory) {
    if (base < 0) {
      throw new IndexOutOfBoundsException();
    }
    return memory.start + Objects.checkIndex(base + offset, memory.size - (width - 1));
  }

  public static byte memoryReadByte(int base, WindowMemory memory) {
    return memoryReadByte(base, 0, memory);
  }

  public static byte memoryReadByte(int base, int offset, WindowMemory memory) {
    try {
      return memory.owner.bytes()[at(base, offset, 1, memory)];
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteByte(int base, byte value, WindowMemory memory) {
    memoryWriteByte(base, value, 0, memory);
  }

  public static void memoryWriteByte(int base, byte value, int offset, WindowMemory memory) {
    try {
      memory.owner.bytes()[at(base, offset, 1, memory)] = value;
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static short memoryReadShort(int base, WindowMemory memory) {
    return memoryReadShort(base, 0, memory);
  }

  public static short memoryReadShort(int base, int offset, WindowMemory memory) {
    try {
      return (short) SHORT.get(memory.owner.bytes(), at(base, offset, 2, memory));
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteShort(int base, short value, WindowMemory memory) {
    memoryWriteShort(base, value, 0, memory);
  }

  public static void memoryWriteShort(int base, short value, int offset, WindowMemory memory) {
    try {
      SHORT.set(memory.owner.bytes(), at(base, offset, 2, memory), value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static int memoryReadInt(int base, WindowMemory memory) {
    return memoryReadInt(base, 0, memory);
  }

  public static int memoryReadInt(int base, int offset, WindowMemory memory) {
    try {
      return (int) INT.get(memory.owner.bytes(), at(base, offset, 4, memory));
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteInt(int base, int value, WindowMemory memory) {
    memoryWriteInt(base, value, 0, memory);
  }

  public static void memoryWriteInt(int base, int value, int offset, WindowMemory memory) {
    try {
      INT.set(memory.owner.bytes(), at(base, offset, 4, memory), value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static long memoryReadLong(int base, WindowMemory memory) {
    return memoryReadLong(base, 0, memory);
  }

  public static long memoryReadLong(int base, int offset, WindowMemory memory) {
    try {
      return (long) LONG.get(memory.owner.bytes(), at(base, offset, 8, memory));
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteLong(int base, long value, WindowMemory memory) {
    memoryWriteLong(base, value, 0, memory);
  }

  public static void memoryWriteLong(int base, long value, int offset, WindowMemory memory) {
    try {
      LONG.set(memory.owner.bytes(), at(base, offset, 8, memory), value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static float memoryReadFloat(int base, WindowMemory memory) {
    return memoryReadFloat(base, 0, memory);
  }

  public static float memoryReadFloat(int base, int offset, WindowMemory memory) {
    try {
      return (float) FLOAT.get(memory.owner.bytes(), at(base, offset, 4, memory));
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteFloat(int base, float value, WindowMemory memory) {
    memoryWriteFloat(base, value, 0, memory);
  }

  public static void memoryWriteFloat(int base, float value, int offset, WindowMemory memory) {
    try {
      FLOAT.set(memory.owner.bytes(), at(base, offset, 4, memory), value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static double memoryReadDouble(int base, WindowMemory memory) {
    return memoryReadDouble(base, 0, memory);
  }

  public static double memoryReadDouble(int base, int offset, WindowMemory memory) {
    try {
      return (double) DOUBLE.get(memory.owner.bytes(), at(base, offset, 8, memory));
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteDouble(int base, double value, WindowMemory memory) {
    memoryWriteDouble(base, value, 0, memory);
  }

  public static void memoryWriteDouble(int base, double value, int offset, WindowMemory memory) {
    try {
      DOUBLE.set(memory.owner.bytes(), at(base, offset, 8, memory), value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  // ---- Bulk operations; addresses and counts are u32 ----

  public static void memoryCopy(int destination, int source, int count, WindowMemory memory) {
    memory.copy(destination, source, count);
  }

  public static void memoryFill(int address, byte value, int count, WindowMemory memory) {
    memory.fillBytes(address, value, count);
  }

  /** Takes the instance's own segments: a memory may be shared by instances. */
  public static void memoryInit(
      int destination, int source, int count, int segment, WindowMemory memory, Instance instance) {
    memory.initFrom(instance.dataSegmentData(segment), destination, source, count);
  }

  public static int memoryGrow(int delta, WindowMemory memory) {
    return memory.grow(delta);
  }

  public static int memoryPages(WindowMemory memory) {
    return memory.pages();
  }

  // ---- References to functions ----

  public static int tableGet(int index, int tableIndex, Instance instance) {
    TableInstance table = instance.table(tableIndex);
    if (index < 0 || index >= table.size()) {
      throw new TrapException("out of bounds table access");
    }
    return own(table.ref(index), table.instance(index), instance);
  }

  public static void tableSet(int index, int value, int tableIndex, Instance instance) {
    TableInstance table = instance.table(tableIndex);
    table.setRef(index, indexOf(value, instance), instanceOf(value, instance));
  }

  public static int tableGrow(int value, int size, int tableIndex, Instance instance) {
    return instance
        .table(tableIndex)
        .grow(size, indexOf(value, instance), instanceOf(value, instance));
  }

  public static void tableFill(int offset, int value, int size, int tableIndex, Instance instance) {
    TableInstance table = instance.table(tableIndex);
    if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size) > table.size()) {
      throw new TrapException("out of bounds table access");
    }
    int index = indexOf(value, instance);
    Instance owner = instanceOf(value, instance);
    for (int i = offset; i < offset + size; i++) {
      table.setRef(i, index, owner);
    }
  }

  /** Stands where a global that holds a function is read. */
  public static long readFunction(int index, Instance instance) {
    GlobalInstance global = instance.global(index);
    return own((int) global.getValue(), global.getInstance(), instance);
  }

  /** Stands where a global that holds a function is written. */
  public static void writeFunction(long value, int index, Instance instance) {
    GlobalInstance global = instance.global(index);
    global.setValue((long) indexOf((int) value, instance));
    global.setInstance(instanceOf((int) value, instance));
  }

  /** What a function of {@code owner} is to {@code instance}. */
  private static int own(int function, @Nullable Instance owner, Instance instance) {
    return function == WindowHost.NULL_FUNCTION || owner == null || owner == instance
        ? function
        : host(instance).foreignNumber(owner, function);
  }

  private static int indexOf(int function, Instance instance) {
    return function < WindowHost.FIRST_FOREIGN ? function : host(instance).indexOf(function);
  }

  private static Instance instanceOf(int function, Instance instance) {
    return function < WindowHost.FIRST_FOREIGN ? instance : host(instance).instanceOf(function);
  }

  private static WindowHost host(Instance instance) {
    return ((WindowMemory) instance.memory()).host;
  }

  // ---- Exceptions ----

  /** A tag matches itself only, whatever its type. */
  public static boolean exceptionMatches(WasmException exception, int tag, Instance instance) {
    TagInstance expected = instance.tag(tag);
    return exception instanceof GuestThrownException thrown
        ? thrown.tag() == expected
        : exception.instance().tag(exception.tagIdx()) == expected;
  }
}
