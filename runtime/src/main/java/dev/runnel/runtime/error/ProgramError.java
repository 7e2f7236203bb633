package dev.runnel.runtime.error;

/**
 * An error that the program did not catch, ready to be shown.
 *
 * @param summary such as {@code TypeError: x is not a function}
 * @param stack the program's own frames in source positions, one {@code at} line each; may be empty
 */
public record ProgramError(String summary, String stack) {

  /** As it stands on a terminal. */
  public String text() {
    return stack.isEmpty() ? summary : summary + "\n" + stack;
  }
}
