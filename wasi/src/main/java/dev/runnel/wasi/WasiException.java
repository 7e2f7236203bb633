package dev.runnel.wasi;

/** Says why a program can't be run. */
public final class WasiException extends Exception {
  private static final long serialVersionUID = 1L;

  public WasiException(String sentence) {
    super(sentence);
  }

  public WasiException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
