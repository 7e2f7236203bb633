package dev.runnel.quickjs.jit;

/**
 * Leaves compiled code at one of its {@link Site}s; the interpreter goes on from there. One for
 * each isolate: it is caught by the method that called the helper which threw it.
 */
final class GuestExit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private int site;
  private boolean thrown;

  GuestExit() {
    super(null, null, false, false);
  }

  /** To the site's instruction, which has done nothing yet. */
  GuestExit again(int leftAt) {
    site = leftAt;
    thrown = false;
    return this;
  }

  /** To behind the site's instruction, with the runtime's exception to be thrown. */
  GuestExit thrown(int leftAt) {
    site = leftAt;
    thrown = true;
    return this;
  }

  int site() {
    return site;
  }

  boolean isThrown() {
    return thrown;
  }
}
