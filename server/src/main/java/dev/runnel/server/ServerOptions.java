package dev.runnel.server;

import dev.runnel.server.compress.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    return with(draft -> draft.headerBytes = bytes);
  }

  public ServerOptions withBodyBytes(long bytes) {
    return with(draft -> draft.bodyBytes = bytes);
  }

  public ServerOptions withOpenRequests(int count) {
    return with(draft -> draft.openRequests = count);
  }

  public ServerOptions withIdleTimeout(Duration timeout) {
    return with(draft -> draft.idleTimeout = timeout);
  }

  /** One observer more. */
  public ServerOptions withObserver(RequestObserver another) {
    List<RequestObserver> all = new ArrayList<>(observers);
    all.add(another);
    return with(draft -> draft.observers = List.copyOf(all));
  }

  public ServerOptions withCompression(Compression codings) {
    return with(draft -> draft.compression = Optional.of(codings));
  }

  public ServerOptions withAddresses(AddressLimits limits) {
    return with(draft -> draft.addresses = limits);
  }

  /** Heads say how long they took to come. */
  public ServerOptions withServerTiming() {
    return with(draft -> draft.serverTiming = true);
  }

  public ServerOptions withTransport(Transport between) {
    return with(draft -> draft.transport = between);
  }

  private ServerOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** The same values, each of which can be set alone. */
  private static final class Draft {
    private int headerBytes;
    private long bodyBytes;
    private int openRequests;
    private Duration idleTimeout;
    private List<RequestObserver> observers;
    private Optional<Compression> compression;
    private AddressLimits addresses;
    private boolean serverTiming;
    private Transport transport;

    Draft(ServerOptions from) {
      headerBytes = from.headerBytes;
      bodyBytes = from.bodyBytes;
      openRequests = from.openRequests;
      idleTimeout = from.idleTimeout;
      observers = from.observers;
      compression = from.compression;
      addresses = from.addresses;
      serverTiming = from.serverTiming;
      transport = from.transport;
    }

    ServerOptions options() {
      return new ServerOptions(
          headerBytes,
          bodyBytes,
          openRequests,
          idleTimeout,
          observers,
          compression,
          addresses,
          serverTiming,
          transport);
    }
  }
}
