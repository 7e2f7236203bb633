package dev.runnel.server;

import dev.runnel.server.compress.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a front door allows.
 *
 * @param headerBytes the request line and the headers together; more is answered with 414 or 431
 * @param bodyBytes of one request; more is answered with 413
 * @param openRequests over all ports; more are answered with 503
 * @param idleTimeout for a connection between two requests, and for one whose client stops within a
 *     head, sends none of a body that the program waits for (answered with 408), or takes no bytes
 *     that are waiting; a program may be silent for as long as it likes
 * @param observers are told of each request; nothing is noted of any where there are none
 * @param compression of answers, where there is one
 * @param addresses what one client address may take
 * @param serverTiming whether heads say how long they took to come (Server-Timing)
 * @param transport what lies between clients and this server
 */
public record ServerOptions(
    int headerBytes,
    long bodyBytes,
    int openRequests,
    Duration idleTimeout,
    List<RequestObserver> observers,
    Optional<Compression> compression,
    AddressLimits addresses,
    boolean serverTiming,
    Transport transport) {

  public static final ServerOptions DEFAULT =
      new ServerOptions(
          16 << 10,
          Long.MAX_VALUE,
          10_000,
          Duration.ofSeconds(60),
          List.of(),
          Optional.empty(),
          AddressLimits.DEFAULT,
          false,
          Transport.PLAIN);

  public ServerOptions withHeaderBytes(int bytes) {
    return new ServerOptions(
        bytes,
        bodyBytes,
        openRequests,
        idleTimeout,
        observers,
        compression,
        addresses,
        serverTiming,
        transport);
  }

  public ServerOptions withBodyBytes(long bytes) {
    return new ServerOptions(
        headerBytes,
        bytes,
        openRequests,
        idleTimeout,
        observers,
        compression,
        addresses,
        serverTiming,
        transport);
  }

  public ServerOptions withOpenRequests(int count) {
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        count,
        idleTimeout,
        observers,
        compression,
        addresses,
        serverTiming,
        transport);
  }

  public ServerOptions withIdleTimeout(Duration timeout) {
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        openRequests,
        timeout,
        observers,
        compression,
        addresses,
        serverTiming,
        transport);
  }

  /** One observer more. */
  public ServerOptions withObserver(RequestObserver another) {
    List<RequestObserver> all = new ArrayList<>(observers);
    all.add(another);
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        openRequests,
        idleTimeout,
        List.copyOf(all),
        compression,
        addresses,
        serverTiming,
        transport);
  }

  public ServerOptions withAddresses(AddressLimits limits) {
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        openRequests,
        idleTimeout,
        observers,
        compression,
        limits,
        serverTiming,
        transport);
  }

  /** Heads say how long they took to come. */
  public ServerOptions withServerTiming() {
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        openRequests,
        idleTimeout,
        observers,
        compression,
        addresses,
        true,
        transport);
  }

  public ServerOptions withTransport(Transport between) {
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        openRequests,
        idleTimeout,
        observers,
        compression,
        addresses,
        serverTiming,
        between);
  }

  public ServerOptions withCompression(Compression codings) {
    return new ServerOptions(
        headerBytes,
        bodyBytes,
        openRequests,
        idleTimeout,
        observers,
        Optional.of(codings),
        addresses,
        serverTiming,
        transport);
  }
}
