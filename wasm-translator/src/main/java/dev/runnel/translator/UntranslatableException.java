package dev.runnel.translator;

/** Says why a module can't be translated for a {@link MemoryShape#WINDOW}. */
public final class UntranslatableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UntranslatableException(String message) {
    super(message, null, false, false);
  }
}
