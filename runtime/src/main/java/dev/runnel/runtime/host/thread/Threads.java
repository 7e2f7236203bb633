package dev.runnel.runtime.host.thread;

import dev.runnel.runtime.error.GuestEnd;
import java.util.List;

/** Starts workers for an isolate. */
public interface Threads {

  /**
   * What a worker is to be.
   *
   * @param program a file, or the code itself
   * @param isCode which of both
   * @param settings {@code name}, {@code args} and {@code env} as JSON
   * @param memoryBytes its limit; 0 for an equal part of what all workers may have
   * @param inherited what it finds inside
   */
  record Request(
      String program, boolean isCode, String settings, long memoryBytes, Inherited inherited) {}

  /**
   * What its creator gives it.
   *
   * @param data a message as bytes: {@code workerData} and environment data
   * @param ends the ends of channels in that message, and before them that of {@code parentPort}
   */
  record Inherited(byte[] data, List<Endpoint> ends) {}

  /** Hears of a worker from its thread. */
  interface Listener {
    void online();

    void ended(GuestEnd end);
  }

  /** A worker that runs. Safe from any thread. */
  interface Running {
    int id();

    void terminate();
  }

  /**
   * @throws dev.runnel.engine.HostError when there are too many, or the program can't be found
   */
  Running start(Request request, Listener listener);

  /** The next number of an end of a channel, of which two are taken. */
  int nextEndpoints();
}
