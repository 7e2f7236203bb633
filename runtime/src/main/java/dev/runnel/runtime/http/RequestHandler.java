package dev.runnel.runtime.http;

/** Takes requests from a front door. Safe to call from any thread; never blocks. */
@FunctionalInterface
public interface RequestHandler {

  /** The answer arrives at the sink; what comes back is the front door's hold on the request. */
  Ticket handle(WorkerRequest request, ResponseSink sink);

  /** The front door's hold on a request in flight. */
  interface Ticket {
    /** The client has gone: the program is told, and nothing more is written. */
    void clientGone();
  }
}
