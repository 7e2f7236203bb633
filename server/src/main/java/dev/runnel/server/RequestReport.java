package dev.runnel.server;

import dev.runnel.runtime.http.TraceContext;
import java.time.Duration;
import java.util.Optional;

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
 * @param trace where it belongs in a trace; empty when it belongs to none
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
    Optional<Trace> trace) {

  /**
   * @param own the request's own span; as long as nobody makes any, that of its client
   * @param parent the client's, or {@code ""}
   */
  public record Trace(TraceContext own, String parent) {}

  /** Of a connection that was closed before it could ask for anything. */
  static RequestReport ofNone(String client, String limit) {
    return new RequestReport(
        client, "", "", "", 0, Duration.ZERO, Duration.ZERO, 0, 0, true, limit, Optional.empty());
  }
}
