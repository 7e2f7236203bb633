package dev.runnel.portable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A memory as a file has it: without the words that are zero, of which more than half of a heap is.
 * A bit for each word says whether it is there. {@code build.Unfolding} puts them back.
 *
 * <p>The words stand at the end of the room in which they are spread, from its beginning on: no
 * word is written over before it is read. The bits are in the C stack's room, where nothing is at a
 * start.
 */
public final class PackedMemory {
  /** Where the bits are, and, before them, the address of the first word and two more. */
  public static final int AT = 1024;

  /** How many groups of words there are. */
  public static final int GROUPS = 4;

  /** The address of the first word that is there. */
  public static final int WORDS = 8;

  /** A byte for each group. */
  public static final int MASKS = 12;

  /** Words in a group. */
  public static final int GROUP = 8;

  private static final int WORD = Integer.BYTES;
  private static final int GROUP_BYTES = GROUP * WORD;

  /** Bytes and where they lie. */
  record Piece(int address, byte[] bytes) {}

  private PackedMemory() {}

  /** The pieces of a memory; nothing when it is too large for its stack to have its bits. */
  static Optional<List<Piece>> of(byte[] memory) {
    int first = firstOf(memory) / GROUP_BYTES * GROUP_BYTES;
    int groups = (endOf(memory) - first + GROUP_BYTES - 1) / GROUP_BYTES;
    if (groups <= 0 || AT + MASKS + groups > first) {
      return Optional.empty();
    }
    byte[] bits = new byte[MASKS + groups];
    ByteBuffer words = ByteBuffer.allocate(groups * GROUP_BYTES);
    ByteBuffer heap = ByteBuffer.wrap(memory, first, groups * GROUP_BYTES);
    for (int i = 0; heap.hasRemaining(); i++) {
      int word = heap.getInt();
      if (word != 0) {
        bits[MASKS + i / GROUP] |= (byte) (1 << i % GROUP);
        words.putInt(word);
      }
    }
    byte[] there = new byte[words.flip().remaining()];
    words.get(there);
    int at = first + groups * GROUP_BYTES - there.length;
    ByteBuffer head = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(0, first).putInt(GROUPS, groups).putInt(WORDS, at);
    return Optional.of(List.of(new Piece(AT, bits), new Piece(at, there)));
  }

  private static int firstOf(byte[] memory) {
    int at = 0;
    while (at < memory.length && memory[at] == 0) {
      at++;
    }
    return at;
  }

  private static int endOf(byte[] memory) {
    int end = memory.length;
    while (end > 0 && memory[end - 1] == 0) {
      end--;
    }
    return end;
  }
}
