package dev.runnel.server;

import java.time.Duration;

/**
 * A request that is over.
 *
 * @param client the address it came from, as trusted proxies tell it; empty when it is hidden
 * @param target path and query as they were sent
 * @param version of HTTP: {@code 1.1}
 * @param status 0 when no head was sent
 * @param took from the request's head to the end of its answer
 * @param firstByte from the request's head to that of the answer; zero when there was none
 * @param bytes of the answer's body, before any transfer coding
 * @param writes in which that body left
 * @param cutOff true when the answer isn't whole
 * @param limit the limit that ended it, by name, or {@code ""}
 * @param trace the id of the trace it belongs to ({@code traceparent}), or {@code ""}
 */
public record RequestReport(
    String client,
    String method,
    String target,
    String version,
    int status,
    Duration took,
    Duration firstByte,
    long bytes,
    int writes,
    boolean cutOff,
    String limit,
    String trace) {

  /** Of a connection that was closed before it could ask for anything. */
  static RequestReport ofNone(String client, String limit) {
    return new RequestReport(
        client, "", "", "", 0, Duration.ZERO, Duration.ZERO, 0, 0, true, limit, "");
  }
}
