package dev.runnel.quickjs.jit;

/**
 * Where in QuickJS's structures the fields lie that compiled code reads or writes, in bytes. The
 * programs of {@code JitTest} go wrong if one of them were elsewhere.
 *
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c</a>
 */
final class Layout {
  /** JSContext. */
  static final class Context {
    static final int RUNTIME = 8;
    static final int GLOBAL_OBJECT = 256;
    static final int GLOBAL_LEXICALS = 264;
    static final int INTERRUPT_COUNTER = 292;

    private Context() {}
  }

  /** JSRuntime. */
  static final class Runtime {
    static final int STACK_LIMIT = 644;
    static final int STACK_FRAME = 660;

    private Runtime() {}
  }

  /** JSObject, functions and arrays included. */
  static final class Obj {
    static final int FLAGS = 8;
    static final int EXOTIC = 1 << 3;
    static final int HTML_DDA = 1 << 8;
    static final int CLASS = 10;
    static final int SHAPE = 12;
    static final int PROPERTIES = 16;
    static final int BYTECODE = 24;
    static final int VAR_REFS = 28;
    static final int ELEMENTS = 28;
    static final int ELEMENT_COUNT = 32;

    static final int CLASS_OBJECT = 1;
    static final int CLASS_ARRAY = 2;
    static final int CLASS_FUNCTION = 13;

    private Obj() {}
  }

  /** JSShape; the properties follow the hash table, whose last word is for hash 0. */
  static final class Shape {
    static final int MASK = 16;
    static final int COUNT = 24;
    static final int PROTOTYPE = 36;
    static final int TABLE = 44;

    static final int NEXT_BITS = 0x3ffffff;
    static final int SPECIAL = 3 << 30;
    static final int LENGTH = 1 << 29;
    static final int WRITABLE = 1 << 27;

    private Shape() {}
  }

  /** JSFunctionBytecode. */
  static final class Function {
    static final int FLAGS = 8;
    static final int STRICT = 1;
    static final int DERIVED_CONSTRUCTOR = 1 << 3;
    static final int KIND = 3 << 5;

    /** Two bytes of padding, zero in each new function, where {@link Jit} keeps its mark. */
    static final int MARK = 10;

    static final int CODE = 12;
    static final int LENGTH = 16;
    static final int VARIABLES = 24;
    static final int ARGUMENT_COUNT = 32;
    static final int VARIABLE_COUNT = 34;
    static final int STACK_SIZE = 38;
    static final int VAR_REF_COUNT = 40;
    static final int CLOSURE_COUNT = 42;
    static final int CONSTANT_COUNT = 44;
    static final int REALM = 48;
    static final int CONSTANTS = 52;

    private Function() {}
  }

  /** JSVarDef, of an argument or a local variable. */
  static final class Variable {
    static final int SIZE = 20;
    static final int FLAGS = 12;
    static final int CAPTURED = 1 << 2;
    static final int VAR_REF = 14;

    private Variable() {}
  }

  /** JSVarRef. */
  static final class VarRef {
    static final int VALUE = 12;

    private VarRef() {}
  }

  /** JSStackFrame, which ends where the stack pointer stood. */
  static final class Frame {
    static final int PREVIOUS = 0;
    static final int FUNCTION = 8;
    static final int ARGUMENTS = 16;
    static final int VARIABLES = 20;
    static final int VAR_REFS = 24;
    static final int PC = 28;
    static final int VAR_REF_COUNT = 32;
    static final int ARGUMENT_COUNT = 34;
    static final int STRICT = 36;
    static final int CONSTRUCTOR = 37;
    static final int STACK_POINTER = 40;
    static final int COROUTINE = 44;
    static final int SIZE = 48;

    /**
     * What lies before the frame in a JSAsyncFunctionState, as which the interpreter resumes it.
     */
    static final int STATE_BYTES = 16;

    /** From the frame's address. */
    static final int STATE_THROWS = -4;

    private Frame() {}
  }

  /** JSString. */
  static final class Str {
    static final int LENGTH = 0;
    static final int LENGTH_BITS = 0x7fffffff;

    /** Bits 30 and 31 say what kind of atom the string is; zero for none. */
    static final int ATOM = 4;

    static final int ATOM_SHIFT = 30;

    /** There is one for each text. A symbol's description is an atom of another kind. */
    static final int ATOM_OF_STRING = 1;

    private Str() {}
  }

  private Layout() {}
}
