package dev.runnel.quickjs;

import dev.runnel.wasm.FlatMemory;
import java.util.Arrays;
import java.util.stream.IntStream;
import run.endive.runtime.TrapException;

/**
 * The arenas in which QuickJS puts small objects: two rows of lists, one list for each size of
 * blocks; the second row has the arenas with free blocks.
 *
 * @param address of the first row, in JSRuntime
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c, struct
 *     JSArena</a>
 */
public record Arenas(FlatMemory memory, int address) {
  private static final int[] BLOCK_SIZES = {
    16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 144, 160, 176, 192, 208, 224,
    240, 256, 288, 320, 352, 384, 416, 448, 480, 512
  };
  private static final int LIST_BYTES = 8;
  private static final int SIZE_INDEX = 16;
  private static final int FIRST_FREE = 22;
  private static final int BLOCKS = 24;
  private static final int BYTES = 4096;
  private static final int BLOCK_HEADER = 8;
  private static final int NO_BLOCK = 0xffff;
  private static final int RUNTIME_BYTES = 256;

  /**
   * Finds them in a JSRuntime: the first row of list heads whose neighbours all point back at them.
   *
   * @throws IllegalStateException when there are none
   */
  public static Arenas of(FlatMemory memory, int runtime) {
    return IntStream.iterate(runtime, at -> at < runtime + RUNTIME_BYTES, at -> at + 8)
        .mapToObj(at -> new Arenas(memory, at))
        .filter(Arenas::areHere)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("JSRuntime has no arenas."));
  }

  private boolean areHere() {
    for (int i = 0; i < 2 * BLOCK_SIZES.length; i++) {
      int head = address + i * LIST_BYTES;
      int next = memory.readInt(head);
      int previous = memory.readInt(head + 4);
      if (!isAddress(next)
          || !isAddress(previous)
          || memory.readInt(next + 4) != head
          || memory.readInt(previous) != head) {
        return false;
      }
    }
    return true;
  }

  private boolean isAddress(int word) {
    return word > 0 && word % 4 == 0 && word < memory.size() - 8;
  }

  /** Zeroes the free blocks. In a heap that a guest has corrupted that may end with a trap. */
  public void scrub() {
    for (int size = 0; size < BLOCK_SIZES.length; size++) {
      int head = address + (BLOCK_SIZES.length + size) * LIST_BYTES;
      int arena = memory.readInt(head);
      for (int left = memory.size() / BYTES + 1; arena != head; left--) {
        if (left == 0 || memory.bytes()[arena + SIZE_INDEX] != size) {
          throw new TrapException("a list of arenas is damaged");
        }
        scrubBlocks(arena, BLOCK_SIZES[size]);
        arena = memory.readInt(arena);
      }
    }
  }

  private void scrubBlocks(int arena, int blockSize) {
    int index = unsignedShort(arena + FIRST_FREE);
    for (int left = BYTES / blockSize; index != NO_BLOCK; left--) {
      if (left == 0) {
        throw new TrapException("a list of free blocks is damaged");
      }
      int block = arena + BLOCKS + index * blockSize;
      index = unsignedShort(block);
      if (block < 0 || block + blockSize > memory.size()) {
        throw new TrapException("free memory lies outside of the memory");
      }
      Arrays.fill(memory.bytes(), block + BLOCK_HEADER, block + blockSize, (byte) 0);
    }
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(memory.readShort(at));
  }
}
