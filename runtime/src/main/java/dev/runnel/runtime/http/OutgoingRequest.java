package dev.runnel.runtime.http;

import java.util.List;

/**
 * A program's own request to another host.
 *
 * @param secure whether it goes over TLS
 * @param host a name or an address, an IPv6 one in brackets
 * @param target path and query
 * @param headers without those that belong to one connection
 */
public record OutgoingRequest(
    String method,
    boolean secure,
    String host,
    int port,
    String target,
    List<Header> headers,
    Body body) {

  /** What is sent with it. */
  public sealed interface Body {
    record None() implements Body {}

    /** All of it. The array is given away. */
    record Whole(byte[] bytes) implements Body {}

    /** It follows, piece by piece. */
    record Streamed() implements Body {}
  }

  public OutgoingRequest {
    headers = List.copyOf(headers);
  }

  public OutgoingRequest withHeaders(List<Header> changed) {
    return new OutgoingRequest(method, secure, host, port, target, changed, body);
  }
}
