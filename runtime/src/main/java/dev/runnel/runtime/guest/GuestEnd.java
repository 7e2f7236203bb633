package dev.runnel.runtime.guest;

import dev.runnel.engine.IsolateException;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.http.ResponseFailure;

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

  /** What requests in flight get. */
  default ResponseFailure failure() {
    return switch (this) {
      case Lost(IsolateException.TimedOut cause, _) ->
          new ResponseFailure(503, cause.reason().limit(), cause.reason().sentence());
      case Lost(IsolateException.OutOfMemory cause, _) ->
          new ResponseFailure(503, "memory", String.valueOf(cause.getMessage()));
      case Lost(var cause, _) -> new ResponseFailure(503, "", String.valueOf(cause.getMessage()));
      case Exited _, FailedToStart _, Closed _ ->
          new ResponseFailure(503, "", "The program has ended.");
    };
  }
}
