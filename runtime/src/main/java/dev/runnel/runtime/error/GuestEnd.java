package dev.runnel.runtime.error;

import dev.runnel.engine.IsolateException;

/** How a program came to its end. */
public sealed interface GuestEnd {

  /** It had nothing left to do, or exited. */
  record Exited(int code) implements GuestEnd {}

  /** Its first evaluation failed. */
  record FailedToStart(ProgramError error) implements GuestEnd {}

  /**
   * A limit, a crash, or a bug of ours.
   *
   * @param serving whether it had got so far as to answer requests
   */
  record Lost(IsolateException cause, boolean serving) implements GuestEnd {}

  /** Its owner closed it. */
  record Closed() implements GuestEnd {}
}
