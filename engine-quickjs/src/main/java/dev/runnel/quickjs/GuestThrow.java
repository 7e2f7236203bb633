package dev.runnel.quickjs;

/**
 * Says that a C function answered JS_EXCEPTION: the thrown value waits in the context. Carries
 * nothing, so there is one.
 */
final class GuestThrow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final GuestThrow PENDING = new GuestThrow();

  private GuestThrow() {
    super("A JavaScript exception is pending.", null, false, false);
  }
}
