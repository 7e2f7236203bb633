package dev.runnel.engine;

/** A stored snapshot that can't be used: the caller deletes it and evaluates the program again. */
public final class BadSnapshotException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadSnapshotException(String message) {
    super(message);
  }
}
