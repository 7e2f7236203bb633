package dev.runnel.quickjs.jit;

/** A function isn't compiled; the interpreter goes on running it. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String why) {
    super(why, null, false, false);
  }
}
