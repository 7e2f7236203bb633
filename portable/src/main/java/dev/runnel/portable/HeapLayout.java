package dev.runnel.portable;

/**
 * Where in QuickJS's heap the fields lie that {@link Folding} empties and {@code build.Unfolding}
 * fills again, in bytes.
 *
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c</a>
 */
public final class HeapLayout {
  /**
   * JSRuntime, from its lists of arenas on: one list for each size of blocks, then other fields.
   */
  public static final class Runtime {
    public static final int ARENA_LISTS = 31;
    public static final int LIST_BYTES = 8;
    public static final int ATOM_TABLE_SIZE = 508;
    public static final int ATOM_COUNT = 516;
    public static final int ATOM_TABLE = 524;
    public static final int ATOMS = 528;
    public static final int OBJECTS = 556;
    public static final int STRINGS = 588;

    private Runtime() {}
  }

  /** JSArena. */
  public static final class Arena {
    public static final int LINK = 8;
    public static final int BLOCK_COUNT = 20;
    public static final int FIRST_FREE = 22;
    public static final int BLOCKS = 24;

    private Arena() {}
  }

  /** JSMallocBlockHeader, in front of what is allocated. */
  public static final class Block {
    /** The block's number, or, of a free one, that of the next one that is free. */
    public static final int NUMBER = 0;

    public static final int NONE = 0xffff;

    /** What kind of object it is, if it is one of those that are collected. */
    public static final int KIND = 3;

    public static final int KIND_FUNCTION = 1;
    public static final int BYTES = 8;

    private Block() {}
  }

  /** JSFunctionBytecode: constants, variables, variables of outer functions and code follow it. */
  public static final class Function {
    public static final int CODE = 12;
    public static final int CODE_BYTES = 16;
    public static final int VARIABLES = 24;
    public static final int CLOSURE = 28;
    public static final int ARGUMENT_COUNT = 32;
    public static final int VARIABLE_COUNT = 34;
    public static final int CLOSURE_COUNT = 42;
    public static final int CONSTANT_COUNT = 44;
    public static final int CONSTANTS = 52;
    public static final int BYTES = 88;

    public static final int CONSTANT_BYTES = 8;
    public static final int VARIABLE_BYTES = 20;
    public static final int CLOSURE_BYTES = 8;

    private Function() {}
  }

  /** JSVarDef. */
  public static final class Variable {
    public static final int FLAGS = 12;
    public static final int CAPTURED = 1 << 2;
    public static final int REFERENCE = 14;

    private Variable() {}
  }

  /** JSClosureVar. */
  public static final class Closure {
    public static final int TYPE_BITS = 7;

    /** The first type that modules and global code alone have. */
    public static final int TYPE_GLOBAL = 4;

    public static final int NAME = 4;

    private Closure() {}
  }

  /** JSString, which an atom is too. */
  public static final class Text {
    public static final int LENGTH = 0;
    public static final int LENGTH_BITS = 0x7fffffff;
    public static final int HASH = 4;
    public static final int HASH_BITS = 0x0fffffff;
    public static final int KIND_SHIFT = 28;
    public static final int KIND_BITS = 3;
    public static final int ATOM_SHIFT = 30;
    public static final int ATOM_SYMBOL = 3;
    public static final int NEXT = 8;
    public static final int LINK = 16;
    public static final int CHARACTERS = 24;

    public static final int HASH_FACTOR = 263;
    public static final int HASH_OF_LENGTH = 0x61c88647;

    private Text() {}
  }

  /** In a folded heap: the kind of a block that is a string; of an object, its own kind and one. */
  public static final int FOLDED_STRING = 8;

  /** In a folded heap: the mark on the number of a block that is free. */
  public static final int FOLDED_FREE = 0x8000;

  private HeapLayout() {}

  /** How large the blocks of the arenas in a list are. */
  static int blockBytes(int list) {
    return list < 15 ? 8 * list + 16 : list < 23 ? 16 * list - 96 : 32 * list - 448;
  }
}
