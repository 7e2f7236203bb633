package dev.runnel.engine;

/**
 * An uncaught JavaScript throw.
 *
 * <p>{@link #getMessage()} is what {@code String(error)} gives: {@code TypeError: x is not a
 * function}.
 */
public final class JsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String text;
  private final String guestStack;

  /**
   * @param name the error's class, or {@code ""} when something else than an Error was thrown
   * @param text the error's message, or the thrown value as a string
   * @param guestStack the frames, one {@code at} line each, outermost last; {@code ""} when there
   *     are none
   */
  public JsException(String name, String text, String guestStack) {
    super(name.isEmpty() ? text : text.isEmpty() ? name : name + ": " + text);
    this.name = name;
    this.text = text;
    this.guestStack = guestStack;
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  public String guestStack() {
    return guestStack;
  }
}
