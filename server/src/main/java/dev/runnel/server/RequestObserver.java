package dev.runnel.server;

/** Is told of requests, on whatever thread they begin and end. Must not block. */
public interface RequestObserver {
  default void began() {}

  void ended(RequestReport report);
}
