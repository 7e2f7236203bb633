package dev.runnel.translator;

/** Says why a program's module can't be translated: what it uses isn't supported. */
public final class UntranslatableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UntranslatableException(String message) {
    super(message, null, false, false);
  }
}
