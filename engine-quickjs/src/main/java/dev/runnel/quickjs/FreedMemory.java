package dev.runnel.quickjs;

import java.util.Arrays;
import run.endive.runtime.TrapException;

/**
 * Zeroes what a guest has freed, so that a snapshot holds nothing which the program let go of: the
 * unused part of the C stack, the free chunks of dlmalloc, and the free blocks of {@link Arenas}.
 *
 * <p>The structures are walked as they are; in a heap that a guest has corrupted the walk ends with
 * a trap at the first step that leads nowhere.
 *
 * @see <a href="https://gee.cs.oswego.edu/pub/misc/malloc.c">malloc.c, chunks and malloc_state</a>
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

  private final Guest guest;
  private final byte[] bytes;

  private FreedMemory(Guest guest) {
    this.guest = guest;
    this.bytes = guest.bytes();
  }

  static void scrub(Guest guest, HeapFacts facts) {
    FreedMemory memory = new FreedMemory(guest);
    Arrays.fill(memory.bytes, 0, guest.stackPointer(), (byte) 0);
    new Arenas(guest.memory(), facts.arenas()).scrub();
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

  private void zero(int from, int to) {
    if (from < 0 || to > bytes.length) {
      throw new TrapException("free memory lies outside of the memory");
    }
    if (from < to) {
      Arrays.fill(bytes, from, to, (byte) 0);
    }
  }
}
