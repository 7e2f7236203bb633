package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Compiles to bytecode in a machine whose modules are all empty, and which is good for nothing else
 * then: compiling leaves traces in the heap.
 */
public final class CodeCompiler {
  /** How JavaScript is read. */
  public enum Kind {
    SCRIPT(0),
    MODULE(1);

    private final int flag;

    Kind(int flag) {
      this.flag = flag;
    }
  }

  /** What bytecode keeps of the text it was made from. */
  public enum Positions {
    NONE(1 << 4 | 1 << 5),
    LINES(1 << 4);

    private final int flags;

    Positions(int flags) {
      this.flags = flags;
    }
  }

  private static final int COMPILE_ONLY = 1 << 5;
  private static final int OPTIONS_VERSION = 1;
  private static final int OPTIONS_BYTES = 16;
  private static final int WRITE_BYTECODE = 1;

  private final PortableMachine machine;
  private final int context;

  public CodeCompiler(PortableMachine machine) {
    this.machine = machine;
    this.context = machine.context();
  }

  /**
   * The bytecode.
   *
   * @throws ScriptException when the text has errors
   */
  public byte[] compile(String name, String source, Kind kind, Positions positions) {
    byte[] text = source.getBytes(UTF_8);
    int code = machine.place(text);
    int file = machine.placeText(name);
    int options = machine.place(new byte[OPTIONS_BYTES]);
    machine.writeInt(options, OPTIONS_VERSION);
    machine.writeInt(options + 4, kind.flag | COMPILE_ONLY);
    machine.writeInt(options + 8, file);
    machine.writeInt(options + 12, 1);
    long compiled = machine.value("JS_Eval2", context, code, text.length, options);
    int bytes =
        (int)
            machine.call(
                "JS_WriteObject", context, options, compiled, WRITE_BYTECODE | positions.flags);
    byte[] bytecode = machine.read(bytes, machine.readInt(options));
    machine.call("js_free", context, bytes);
    machine.free(options);
    machine.free(file);
    machine.free(code);
    return bytecode;
  }
}
