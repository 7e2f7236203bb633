package dev.runnel.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a front door allows.
 *
 * @param headerBytes the request line and the headers together; more is answered with 414 or 431
 * @param bodyBytes of one request; more is answered with 413
 * @param openRequests over all ports; more are answered with 503
 * @param idleTimeout for a connection between two requests, and for one whose client stops within a
 *     head, sends none of a body that the program waits for (answered with 408), or takes no bytes
 *     that are waiting; a program may be silent for as long as it likes
 * @param accessLog gets one line a request, without a line end
 * @param transport what lies between clients and this server
 */
public record ServerOptions(
    int headerBytes,
    long bodyBytes,
    int openRequests,
    Duration idleTimeout,
    Optional<Consumer<String>> accessLog,
    Transport transport) {

  public static final ServerOptions DEFAULT =
      new ServerOptions(
          16 << 10,
          Long.MAX_VALUE,
          10_000,
          Duration.ofSeconds(60),
          Optional.empty(),
          Transport.PLAIN);

  public ServerOptions withHeaderBytes(int bytes) {
    return new ServerOptions(bytes, bodyBytes, openRequests, idleTimeout, accessLog, transport);
  }

  public ServerOptions withBodyBytes(long bytes) {
    return new ServerOptions(headerBytes, bytes, openRequests, idleTimeout, accessLog, transport);
  }

  public ServerOptions withOpenRequests(int count) {
    return new ServerOptions(headerBytes, bodyBytes, count, idleTimeout, accessLog, transport);
  }

  public ServerOptions withIdleTimeout(Duration timeout) {
    return new ServerOptions(headerBytes, bodyBytes, openRequests, timeout, accessLog, transport);
  }

  public ServerOptions withAccessLog(Consumer<String> log) {
    return new ServerOptions(
        headerBytes, bodyBytes, openRequests, idleTimeout, Optional.of(log), transport);
  }

  public ServerOptions withTransport(Transport between) {
    return new ServerOptions(headerBytes, bodyBytes, openRequests, idleTimeout, accessLog, between);
  }
}
