package dev.runnel.wasm;

import static java.lang.invoke.MethodHandles.byteArrayViewVarHandle;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.VarHandle;
import run.endive.runtime.Instance;

/**
 * What the translator splices into code in place of Endive's own memory accessors. Names and
 * parameter orders are Endive's, so that splicing is mostly a change of owner.
 *
 * <p>An effective address is a u32 base plus a constant offset below 2^31 and never wraps. No
 * memory reaches 2^31 bytes, so a base with its top bit set traps; below that the sum is either
 * right or negative, which the array's own bounds check refuses. The forms without offset need no
 * check but the array's.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/instructions.html">Memory
 *     instructions</a>
 */
public final class FlatAccess {
  private static final VarHandle SHORT = byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT = byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG = byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle FLOAT = byteArrayViewVarHandle(float[].class, LITTLE_ENDIAN);
  private static final VarHandle DOUBLE = byteArrayViewVarHandle(double[].class, LITTLE_ENDIAN);

  private FlatAccess() {}

  // ---- Registers ----

  /** Stands at the back-edge of every loop. */
  public static void poll(FlatMemory memory) {
    if (memory.interrupted()) {
      throw new GuestInterruptedException();
    }
  }

  /**
   * Stands at the start of every function of a program that isn't trusted; what it answers goes to
   * {@link #leave}.
   */
  public static int enter(int stackBytes, FlatMemory memory) {
    return memory.enterCall(stackBytes);
  }

  /** Stands before every return, and where an exception is caught. */
  public static void leave(int callStack, FlatMemory memory) {
    memory.callStack = callStack;
  }

  public static int stackPointer(FlatMemory memory) {
    return memory.stackPointer;
  }

  public static void setStackPointer(int address, FlatMemory memory) {
    memory.stackPointer = address;
  }

  // ---- Loads and stores ----

  public static byte memoryReadByte(int address, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      return bytes[address];
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static byte memoryReadByte(int base, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    return memoryReadByte(base + offset, memory);
  }

  public static void memoryWriteByte(int address, byte value, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      bytes[address] = value;
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteByte(int base, byte value, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    memoryWriteByte(base + offset, value, memory);
  }

  public static short memoryReadShort(int address, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      return (short) SHORT.get(bytes, address);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static short memoryReadShort(int base, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    return memoryReadShort(base + offset, memory);
  }

  public static void memoryWriteShort(int address, short value, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      SHORT.set(bytes, address, value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteShort(int base, short value, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    memoryWriteShort(base + offset, value, memory);
  }

  public static int memoryReadInt(int address, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      return (int) INT.get(bytes, address);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static int memoryReadInt(int base, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    return memoryReadInt(base + offset, memory);
  }

  public static void memoryWriteInt(int address, int value, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      INT.set(bytes, address, value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteInt(int base, int value, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    memoryWriteInt(base + offset, value, memory);
  }

  public static long memoryReadLong(int address, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      return (long) LONG.get(bytes, address);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static long memoryReadLong(int base, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    return memoryReadLong(base + offset, memory);
  }

  public static void memoryWriteLong(int address, long value, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      LONG.set(bytes, address, value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteLong(int base, long value, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    memoryWriteLong(base + offset, value, memory);
  }

  public static float memoryReadFloat(int address, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      return (float) FLOAT.get(bytes, address);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static float memoryReadFloat(int base, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    return memoryReadFloat(base + offset, memory);
  }

  public static void memoryWriteFloat(int address, float value, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      FLOAT.set(bytes, address, value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteFloat(int base, float value, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    memoryWriteFloat(base + offset, value, memory);
  }

  public static double memoryReadDouble(int address, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      return (double) DOUBLE.get(bytes, address);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static double memoryReadDouble(int base, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    return memoryReadDouble(base + offset, memory);
  }

  public static void memoryWriteDouble(int address, double value, FlatMemory memory) {
    byte[] bytes = memory.bytes();
    try {
      DOUBLE.set(bytes, address, value);
    } catch (IndexOutOfBoundsException outside) {
      throw FlatMemory.outOfBounds();
    }
  }

  public static void memoryWriteDouble(int base, double value, int offset, FlatMemory memory) {
    if (base < 0) {
      throw FlatMemory.outOfBounds();
    }
    memoryWriteDouble(base + offset, value, memory);
  }

  // ---- Bulk operations; addresses and counts are u32 ----

  public static void memoryCopy(int destination, int source, int count, FlatMemory memory) {
    memory.copy(destination, source, count);
  }

  public static void memoryFill(int address, byte value, int count, FlatMemory memory) {
    memory.fillBytes(address, value, count);
  }

  /** Takes the instance's own segments: a memory may be shared by instances. */
  public static void memoryInit(
      int destination, int source, int count, int segment, FlatMemory memory, Instance instance) {
    byte[] data = instance.dataSegmentData(segment);
    memory.initFrom(data, destination, source, count);
  }

  public static int memoryGrow(int delta, FlatMemory memory) {
    return memory.grow(delta);
  }

  public static int memoryPages(FlatMemory memory) {
    return memory.pages();
  }
}
