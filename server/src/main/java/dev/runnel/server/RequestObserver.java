package dev.runnel.server;

/** Is told of requests, on whatever thread they begin and end. Must not block. */
public interface RequestObserver {
  default void began() {}

  /** Whether requests are to have a span each, which programs see as the one they belong to. */
  default boolean makesSpans() {
    return false;
  }

  void ended(RequestReport report);

  /**
   * A connection was closed as it came.
   *
   * @param client the address it came from
   * @param limit that it would have exceeded, by name
   */
  default void refused(String client, String limit) {}
}
