package dev.runnel.server;

/** Is told of requests, on whatever thread they begin and end. Must not block. */
public interface RequestObserver {
  default void began() {}

  void ended(RequestReport report);

  /**
   * A connection was closed as it came.
   *
   * @param client the address it came from
   * @param limit that it would have exceeded, by name
   */
  default void refused(String client, String limit) {}
}
