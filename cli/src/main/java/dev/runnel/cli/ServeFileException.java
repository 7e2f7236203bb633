package dev.runnel.cli;

/** A mistake in a {@code runnel.toml}: one sentence that begins with file and line. */
final class ServeFileException extends Exception {
  private static final long serialVersionUID = 1;

  ServeFileException(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
