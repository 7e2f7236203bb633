package dev.runnel.quickjs.jit;

/**
 * How a compiled function's frame lies on the C stack, as offsets from the JSStackFrame. From the
 * top: the frame; what makes it a JSAsyncFunctionState; the references to captured variables; then
 * stack, variables and arguments, which the interpreter needs in one piece to go on with the call.
 */
record FrameShape(int varRefs, int stack, int variables, int arguments, int bytes) {
  /** Above its stack the interpreter writes what an instruction pushes, before it looks. */
  private static final int SPARE = 2;

  static FrameShape of(Bytecode function) {
    int varRefs = -Layout.Frame.STATE_BYTES - (function.varRefCount() * 4 + 7 & ~7);
    int stack = varRefs - (function.stackSize() + SPARE) * 8;
    int variables = stack - function.variableCount() * 8;
    int arguments = variables - function.argumentCount() * 8;
    return new FrameShape(
        varRefs, stack, variables, arguments, Layout.Frame.SIZE - arguments + 15 & ~15);
  }

  int slot(int position) {
    return stack + position * 8;
  }
}
