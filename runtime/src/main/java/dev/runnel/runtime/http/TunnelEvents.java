package dev.runnel.runtime.http;

/** Hears whether a request's connection was handed over. One method is called, on any thread. */
public interface TunnelEvents {

  /** The head has been sent. Whatever comes and goes from here on is the program's. */
  void opened(ByteLink link);

  void failed(String sentence);
}
