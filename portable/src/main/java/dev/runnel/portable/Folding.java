package dev.runnel.portable;

import dev.runnel.portable.HeapLayout.Arena;
import dev.runnel.portable.HeapLayout.Block;
import dev.runnel.portable.HeapLayout.Function;
import dev.runnel.portable.HeapLayout.Runtime;
import dev.runnel.portable.HeapLayout.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Empties the fields of a heap that follow from others, which a third of a packed file would be:
 * the links of the lists in which all objects and all strings are, the numbers of blocks, where the
 * parts of a function are, the atoms' hashes and their table. The other half is {@code
 * build.Unfolding}, with which each start begins.
 */
final class Folding {
  /** Stands for an address that follows from others; nothing lies there. */
  private static final int FOLLOWS = 1;

  private final ByteBuffer heap;
  private final int runtime;

  private Folding(byte[] memory, int runtime) {
    heap = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    this.runtime = runtime;
  }

  /**
   * Folds a whole memory.
   *
   * @param arenas address of JSRuntime's lists of arenas
   */
  static void fold(byte[] memory, int arenas) {
    new Folding(memory, arenas).fold();
  }

  private void fold() {
    List<Integer> objects = list(runtime + Runtime.OBJECTS);
    List<Integer> strings = list(runtime + Runtime.STRINGS);
    VariableNames names = new VariableNames(heap);
    objects.stream().filter(this::isFunction).forEach(names::removeFrom);
    Set<Integer> inArenas = foldBlocks(new HashSet<>(objects), new HashSet<>(strings));
    keepOthers(runtime + Runtime.OBJECTS, objects, inArenas);
    keepOthers(runtime + Runtime.STRINGS, strings, inArenas);
    foldAtoms();
  }

  private boolean isFunction(int object) {
    return heap.get(object - Block.BYTES + Block.KIND) == Block.KIND_FUNCTION;
  }

  /** The links of a list, in its order. */
  private List<Integer> list(int head) {
    List<Integer> links = new ArrayList<>();
    for (int link = heap.getInt(head); link != head; link = heap.getInt(link)) {
      if (heap.getInt(heap.getInt(link) + 4) != link) {
        throw new IllegalStateException("The list at %d is damaged.".formatted(head));
      }
      links.add(link);
    }
    return links;
  }

  /** Links that are found here are emptied, and answered. */
  private Set<Integer> foldBlocks(Set<Integer> objects, Set<Integer> strings) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < Runtime.ARENA_LISTS; i++) {
      int bytes = HeapLayout.blockBytes(i);
      for (int link : list(runtime + i * Runtime.LIST_BYTES)) {
        int arena = link - Arena.LINK;
        BitSet free = freeBlocks(arena, bytes);
        for (int k = 0; k < unsigned(arena + Arena.BLOCK_COUNT); k++) {
          int block = arena + Arena.BLOCKS + k * bytes;
          if (free.get(k)) {
            int next = unsigned(block + Block.NUMBER);
            heap.putShort(block + Block.NUMBER, (short) (next | HeapLayout.FOLDED_FREE));
          } else {
            foldBlock(block, objects, strings, found);
          }
        }
      }
    }
    return found;
  }

  private BitSet freeBlocks(int arena, int bytes) {
    BitSet free = new BitSet();
    int next = unsigned(arena + Arena.FIRST_FREE);
    while (next != Block.NONE) {
      free.set(next);
      next = unsigned(arena + Arena.BLOCKS + next * bytes + Block.NUMBER);
    }
    return free;
  }

  private void foldBlock(
      int block, Set<Integer> objects, Set<Integer> strings, Set<Integer> found) {
    int content = block + Block.BYTES;
    heap.putShort(block + Block.NUMBER, (short) 0);
    byte kind = 0;
    if (objects.contains(content)) {
      kind = (byte) (heap.get(block + Block.KIND) + 1);
      if (isFunction(content)) {
        foldFunction(content);
      }
      heap.putLong(content, 0);
      found.add(content);
    } else if (strings.contains(content + Text.LINK)) {
      kind = HeapLayout.FOLDED_STRING;
      heap.putLong(content + Text.LINK, 0);
      found.add(content + Text.LINK);
    }
    heap.put(block + Block.KIND, kind);
  }

  /** The list has only those that lie elsewhere, since they are too large for an arena. */
  private void keepOthers(int head, List<Integer> links, Set<Integer> inArenas) {
    int last = head;
    for (int link : links) {
      if (!inArenas.contains(link)) {
        heap.putInt(last, link).putInt(link + 4, last);
        last = link;
      }
    }
    heap.putInt(last, head).putInt(head + 4, last);
  }

  private void foldFunction(int function) {
    int variables = function + Function.BYTES;
    variables += heap.getInt(function + Function.CONSTANT_COUNT) * Function.CONSTANT_BYTES;
    int closure = variables;
    if (heap.getInt(function + Function.VARIABLES) != 0) {
      int count =
          unsigned(function + Function.ARGUMENT_COUNT)
              + unsigned(function + Function.VARIABLE_COUNT);
      closure += count * Function.VARIABLE_BYTES;
    }
    int code = closure + unsigned(function + Function.CLOSURE_COUNT) * Function.CLOSURE_BYTES;
    foldAddress(function + Function.CONSTANTS, function + Function.BYTES);
    foldAddress(function + Function.VARIABLES, variables);
    foldAddress(function + Function.CLOSURE, closure);
    foldAddress(function + Function.CODE, code);
  }

  private void foldAddress(int field, int expected) {
    if (heap.getInt(field) == expected) {
      heap.putInt(field, FOLLOWS);
    }
  }

  /** An atom whose hash isn't as expected keeps it. */
  private void foldAtoms() {
    int atoms = heap.getInt(runtime + Runtime.ATOMS);
    for (int i = 0; i < heap.getInt(runtime + Runtime.ATOM_COUNT); i++) {
      int atom = heap.getInt(atoms + i * Integer.BYTES);
      if (atom != 0 && (atom & 1) == 0) {
        foldAtom(atom);
      }
    }
    int table = heap.getInt(runtime + Runtime.ATOM_TABLE);
    for (int i = 0; i < heap.getInt(runtime + Runtime.ATOM_TABLE_SIZE); i++) {
      heap.putInt(table + i * Integer.BYTES, 0);
    }
  }

  private void foldAtom(int atom) {
    int bits = heap.getInt(atom + Text.HASH);
    if (bits >>> Text.ATOM_SHIFT == Text.ATOM_SYMBOL) {
      return;
    }
    int hash = bits & Text.HASH_BITS;
    boolean isPlain = (bits >>> Text.KIND_SHIFT & Text.KIND_BITS) == 0;
    boolean isExpected = isPlain && hash == hash(atom, bits >>> Text.ATOM_SHIFT);
    if (hash == 0 && !isExpected) {
      throw new IllegalStateException("The atom at %d has no hash.".formatted(atom));
    }
    heap.putInt(atom + Text.NEXT, 0);
    if (isExpected) {
      heap.putInt(atom + Text.HASH, bits & ~Text.HASH_BITS);
    }
  }

  private int hash(int atom, int type) {
    int length = heap.getInt(atom + Text.LENGTH);
    int count = length & Text.LENGTH_BITS;
    int hash = type;
    for (int i = 0; i < count; i++) {
      int at = atom + Text.CHARACTERS;
      int character = length < 0 ? unsigned(at + 2 * i) : heap.get(at + i) & 0xff;
      hash = hash * Text.HASH_FACTOR + character;
    }
    return (hash ^ count * Text.HASH_OF_LENGTH) & Text.HASH_BITS;
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(heap.getShort(at));
  }
}
