package dev.runnel.quickjs;

/** The guest's allocator has nothing left. Ends the isolate. */
final class GuestOutOfMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GuestOutOfMemoryException() {
    super("The guest's memory is exhausted.", null, false, false);
  }
}
