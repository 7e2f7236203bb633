package dev.runnel.quickjs;

import run.endive.runtime.Memory;

/**
 * The end of a guest's memory that its allocator holds in reserve. The allocator calls the free
 * chunk there the top; what it has of whole pages, but for a little, is given back, as malloc_trim
 * would if WebAssembly could.
 *
 * @see <a href="https://gee.cs.oswego.edu/pub/misc/malloc.c">malloc.c, sys_trim and init_top</a>
 */
final class UnusedTail {
  /** Stays, so that the first small allocations of a new isolate don't grow and copy its memory. */
  private static final int RESERVE = 96 << 10;

  private static final int STATE_TOP_SIZE = 12;
  private static final int STATE_TOP = 24;
  private static final int STATE_FOOTPRINT = 432;
  private static final int STATE_SEGMENT_BASE = 448;
  private static final int STATE_SEGMENT_SIZE = 452;
  private static final int CHUNK_HEAD = 4;
  private static final int PREVIOUS_IN_USE = 1;

  /** Behind the top: room for the description of a segment. */
  private static final int FOOT = 56;

  private UnusedTail() {}

  /** Whether the memory ends as described here: one segment, then the top's foot. */
  static boolean isAsExpected(Guest guest, int state) {
    int segmentEnd =
        guest.readInt(state + STATE_SEGMENT_BASE) + guest.readInt(state + STATE_SEGMENT_SIZE);
    int topEnd = guest.readInt(state + STATE_TOP) + guest.readInt(state + STATE_TOP_SIZE);
    return segmentEnd == guest.size()
        && topEnd == guest.size() - FOOT
        && guest.readInt(topEnd + CHUNK_HEAD) == FOOT
        && guest.readInt(state + STATE_FOOTPRINT) == guest.readInt(state + STATE_SEGMENT_SIZE);
  }

  /** A heap that isn't as expected, because its program damaged it, is left as it is. */
  static void giveBack(Guest guest, int state) {
    if (!isAsExpected(guest, state)) {
      return;
    }
    int topSize = guest.readInt(state + STATE_TOP_SIZE);
    int freed = Math.max(topSize - RESERVE, 0) / Memory.PAGE_SIZE * Memory.PAGE_SIZE;
    if (freed == 0) {
      return;
    }
    int top = guest.readInt(state + STATE_TOP);
    int smaller = topSize - freed;
    guest.writeInt(state + STATE_TOP_SIZE, smaller);
    guest.writeInt(top + CHUNK_HEAD, smaller | PREVIOUS_IN_USE);
    guest.writeInt(top + smaller, 0);
    guest.writeInt(top + smaller + CHUNK_HEAD, FOOT);
    subtract(guest, state + STATE_SEGMENT_SIZE, freed);
    subtract(guest, state + STATE_FOOTPRINT, freed);
    guest.shrink(guest.size() - freed);
  }

  private static void subtract(Guest guest, int address, int amount) {
    guest.writeInt(address, guest.readInt(address) - amount);
  }
}
