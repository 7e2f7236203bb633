package dev.runnel.quickjs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A frame on the guest's own C stack, where Java puts what a C function takes by address. Data too
 * big for the stack goes to the guest's heap. Closing the frame frees both.
 *
 * <p>Frames are closed in the opposite order in which they were opened, as C's are.
 */
final class CStack implements AutoCloseable {
  /** Well below the part of the stack that QuickJS leaves unused for its own deepest calls. */
  private static final int LARGEST_ON_STACK = 4096;

  private final Guest guest;
  private final int base;
  private int[] blocks = {};

  CStack(Guest guest) {
    this.guest = guest;
    this.base = guest.stackPointer();
  }

  /** Room for {@code bytes} bytes, aligned to 16, with whatever lay there. */
  int allocate(int bytes) {
    if (bytes > LARGEST_ON_STACK) {
      return allocateOnHeap(bytes);
    }
    int address = guest.stackPointer() - bytes & ~15;
    guest.setStackPointer(address);
    return address;
  }

  int values(long... values) {
    int address = allocate(values.length * Long.BYTES);
    for (int i = 0; i < values.length; i++) {
      guest.writeLong(address + i * Long.BYTES, values[i]);
    }
    return address;
  }

  /** The address of a zero-terminated copy. Text up to a NUL is all that C will see. */
  int cString(String text) {
    return terminated(text.getBytes(StandardCharsets.UTF_8));
  }

  int terminated(byte[] text) {
    int address = allocate(text.length + 1);
    guest.write(address, text);
    guest.bytes()[address + text.length] = 0;
    return address;
  }

  private int allocateOnHeap(int bytes) {
    int address = guest.callInt(Export.malloc, bytes);
    if (address == 0) {
      throw new GuestOutOfMemoryException();
    }
    blocks = Arrays.copyOf(blocks, blocks.length + 1);
    blocks[blocks.length - 1] = address;
    return address;
  }

  @Override
  public void close() {
    for (int block : blocks) {
      guest.call(Export.free, block);
    }
    guest.setStackPointer(base);
  }
}
