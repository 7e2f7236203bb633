package dev.runnel.runtime.http;

/** Takes requests from a front door. Safe to call from any thread; never blocks. */
@FunctionalInterface
public interface RequestHandler {

  /** The answer arrives at the sink; what comes back is the front door's hold on the request. */
  Ticket handle(WorkerRequest request, ResponseSink sink);

  /**
   * The same, for a request that others may take as well.
   *
   * @param unbegun asked when this handler turns out to be gone before it has begun with it
   */
  default Ticket handle(WorkerRequest request, ResponseSink sink, Unbegun unbegun) {
    return handle(request, sink);
  }

  /** Where a request goes that nobody has begun with. */
  interface Unbegun {
    /**
     * @param why its handler is gone: what the client gets if nobody else takes the request
     */
    Ticket again(ResponseFailure why);
  }

  /** The front door's hold on a request in flight. */
  interface Ticket {
    /** The client has gone: the program is told, and nothing more is written. */
    void clientGone();
  }
}
