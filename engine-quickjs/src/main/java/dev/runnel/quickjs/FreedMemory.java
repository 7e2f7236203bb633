package dev.runnel.quickjs;

import java.util.Arrays;
import run.endive.runtime.TrapException;

/**
 * Zeroes what a guest has freed, so that a snapshot holds nothing which the program let go of: the
 * unused part of the C stack, the free chunks of dlmalloc, and the free blocks of the arenas in
 * which QuickJS puts small objects.
 *
 * <p>The structures are walked as they are; in a heap that a guest has corrupted the walk ends with
 * a trap at the first step that leads nowhere.
 *
 * @see <a href="https://gee.cs.oswego.edu/pub/misc/malloc.c">malloc.c, chunks and malloc_state</a>
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c, struct
 *     JSArena</a>
 */
final class FreedMemory {
  private static final int STATE_TOP_SIZE = 12;
  private static final int STATE_LEAST_ADDRESS = 16;
  private static final int STATE_TOP = 24;
  private static final int CHUNK_HEAD = 4;
  private static final int CHUNK_IN_USE = 2;
  private static final int CHUNK_FLAGS = 7;

  /** The links of a small free chunk, and those of a large one, which is a tree's node. */
  private static final int SMALL_LINKS_END = 16;

  private static final int LARGE_LINKS_END = 32;
  private static final int SMALLEST_LARGE = 256;

  private static final int[] BLOCK_SIZES = {
    16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 144, 160, 176, 192, 208, 224,
    240, 256, 288, 320, 352, 384, 416, 448, 480, 512
  };
  private static final int LIST_BYTES = 8;
  private static final int ARENA_SIZE_INDEX = 16;
  private static final int ARENA_FIRST_FREE = 22;
  private static final int ARENA_BLOCKS = 24;
  private static final int ARENA_BYTES = 4096;
  private static final int BLOCK_HEADER = 8;
  private static final int NO_BLOCK = 0xffff;

  private final Guest guest;
  private final byte[] bytes;

  private FreedMemory(Guest guest) {
    this.guest = guest;
    this.bytes = guest.bytes();
  }

  static void scrub(Guest guest, HeapFacts facts) {
    FreedMemory memory = new FreedMemory(guest);
    Arrays.fill(memory.bytes, 0, guest.stackPointer(), (byte) 0);
    memory.scrubArenas(facts.arenas());
    memory.scrubChunks(facts.allocator());
  }

  // ---- dlmalloc ----

  /** Whether a walk over all chunks from here arrives where the state says that it must. */
  static boolean isWellFormed(Guest guest, int state) {
    try {
      return new FreedMemory(guest).walkChunks(state, false) > 10;
    } catch (TrapException notHere) {
      return false;
    }
  }

  private void scrubChunks(int state) {
    walkChunks(state, true);
    int top = guest.readInt(state + STATE_TOP);
    zero(top + 8, top + guest.readInt(state + STATE_TOP_SIZE));
  }

  /** Answers the number of chunks. */
  private int walkChunks(int state, boolean scrubbing) {
    int top = guest.readInt(state + STATE_TOP);
    int chunk = firstChunk(guest.readInt(state + STATE_LEAST_ADDRESS));
    int count = 0;
    while (chunk != top) {
      int head = guest.readInt(chunk + CHUNK_HEAD);
      int size = head & ~CHUNK_FLAGS;
      if (size < 16 || chunk < 0 || size > top - chunk) {
        throw new TrapException("dlmalloc's chunks are damaged");
      }
      if (scrubbing && (head & CHUNK_IN_USE) == 0) {
        zero(chunk + (size < SMALLEST_LARGE ? SMALL_LINKS_END : LARGE_LINKS_END), chunk + size);
      }
      chunk += size;
      count++;
    }
    return count;
  }

  /** Chunks are laid so that what lies 8 bytes behind their start is aligned to 16. */
  private static int firstChunk(int least) {
    return least + (-(least + 8) & 15);
  }

  // ---- QuickJS's arenas ----

  /** Whether two rows of list heads stand here, one head per block size in each. */
  static boolean areArenas(Guest guest, int at) {
    for (int i = 0; i < 2 * BLOCK_SIZES.length; i++) {
      int head = at + i * LIST_BYTES;
      int next = guest.readInt(head);
      int previous = guest.readInt(head + 4);
      if (!isAddress(guest, next)
          || !isAddress(guest, previous)
          || guest.readInt(next + 4) != head
          || guest.readInt(previous) != head) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAddress(Guest guest, int word) {
    return word > 0 && word % 4 == 0 && word < guest.size() - 8;
  }

  /** The second row of lists holds the arenas that have free blocks. */
  private void scrubArenas(int arenas) {
    for (int size = 0; size < BLOCK_SIZES.length; size++) {
      int head = arenas + (BLOCK_SIZES.length + size) * LIST_BYTES;
      int arena = guest.readInt(head);
      for (int left = bytes.length / ARENA_BYTES + 1; arena != head; left--) {
        if (left == 0 || bytes[arena + ARENA_SIZE_INDEX] != size) {
          throw new TrapException("a list of arenas is damaged");
        }
        scrubBlocks(arena, BLOCK_SIZES[size]);
        arena = guest.readInt(arena);
      }
    }
  }

  private void scrubBlocks(int arena, int blockSize) {
    int index = guest.readUnsignedShort(arena + ARENA_FIRST_FREE);
    for (int left = ARENA_BYTES / blockSize; index != NO_BLOCK; left--) {
      if (left == 0) {
        throw new TrapException("a list of free blocks is damaged");
      }
      int block = arena + ARENA_BLOCKS + index * blockSize;
      index = guest.readUnsignedShort(block);
      zero(block + BLOCK_HEADER, block + blockSize);
    }
  }

  private void zero(int from, int to) {
    if (from < 0 || to > bytes.length) {
      throw new TrapException("free memory lies outside of the memory");
    }
    if (from < to) {
      Arrays.fill(bytes, from, to, (byte) 0);
    }
  }
}
