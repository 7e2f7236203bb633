package dev.runnel.wasi;

/** Unwinds a program that called {@code proc_exit}. Guest code can't catch it. */
final class Exit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  Exit(int code) {
    super("exit", null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }
}
