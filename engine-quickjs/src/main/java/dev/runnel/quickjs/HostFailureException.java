package dev.runnel.quickjs;

/** Carries a bug in a host function through the guest's frames. Ends the isolate. */
final class HostFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  HostFailureException(String what, Throwable cause) {
    super(what, cause, false, false);
    this.what = what;
  }

  String what() {
    return what;
  }
}
