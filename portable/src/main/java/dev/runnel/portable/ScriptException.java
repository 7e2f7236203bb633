package dev.runnel.portable;

/** What JavaScript threw: its message as people read it, with the stack behind it. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScriptException(String message) {
    super(message);
  }
}
