package dev.runnel.runtime.http;

import java.util.OptionalInt;

/**
 * Why a request got no whole answer.
 *
 * @param status the status that a client gets when the head has not left yet
 * @param limit the limit that was hit as logs name it, or {@code ""}
 * @param sentence what the log says; clients see the status only
 */
public record ResponseFailure(int status, String limit, String sentence) {

  /** The sentence for the log, with the field that names the limit. */
  public String logged() {
    return limit.isEmpty() ? sentence : sentence + " Runnel-Limit: " + limit;
  }

  /** The seconds after which asking again may help: a queue is shorter then. */
  public OptionalInt retryAfter() {
    return limit.equals("queue") || limit.equals("queue-wait")
        ? OptionalInt.of(1)
        : OptionalInt.empty();
  }
}
