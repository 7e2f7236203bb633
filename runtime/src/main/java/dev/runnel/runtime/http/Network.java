package dev.runnel.runtime.http;

import java.net.InetSocketAddress;

/** Opens ports for programs that listen. Given to a worker by whoever embeds it. */
public interface Network {

  /** Refuses every port, for programs that are to be reached by {@code fetch} alone. */
  Network NONE =
      (address, _, opened) ->
          opened.failed(
              "EACCES", "This program may not open port %d.".formatted(address.getPort()));

  /**
   * Never blocks; one method of {@code opened} is called, on any thread. Port 0 picks a free one.
   */
  void listen(InetSocketAddress address, RequestHandler handler, Opened opened);

  /** What threads do that wait for this network's requests. */
  default Idling idling() {
    return Idling.PARKED;
  }

  /** Gets the outcome of a {@link #listen}. */
  interface Opened {
    void listening(Listener listener);

    /**
     * @param code as Node spells it: {@code EADDRINUSE}, {@code EACCES}, {@code EADDRNOTAVAIL}
     */
    void failed(String code, String message);
  }

  /** An open port. */
  interface Listener {
    InetSocketAddress address();

    /** Stops accepting; runs {@code closed} when requests in flight have ended. Never blocks. */
    void close(Runnable closed);
  }
}
