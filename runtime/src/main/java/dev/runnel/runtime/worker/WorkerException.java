package dev.runnel.runtime.worker;

import dev.runnel.runtime.error.ProgramError;

/**
 * A program that could not be started. The message is for people; it names the program's own lines.
 */
public final class WorkerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ProgramError error;

  public WorkerException(String sentence) {
    this(new ProgramError(sentence, ""));
  }

  WorkerException(ProgramError error) {
    super(error.text());
    this.error = error;
  }

  /** The sentence and the program's stack, apart. */
  public ProgramError error() {
    return error;
  }
}
