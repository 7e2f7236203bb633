package dev.runnel.runtime.http;

import java.util.List;

/**
 * A WebSocket that a program opens.
 *
 * @param host a name or an address, an IPv6 one in brackets
 * @param target path and query
 * @param protocols the subprotocols that it offers
 * @param headers without those that the handshake consists of
 * @param longest how many bytes a message may have that comes in
 */
public record SocketRequest(
    boolean secure,
    String host,
    int port,
    String target,
    List<String> protocols,
    List<Header> headers,
    int longest) {
  public SocketRequest {
    protocols = List.copyOf(protocols);
    headers = List.copyOf(headers);
  }
}
