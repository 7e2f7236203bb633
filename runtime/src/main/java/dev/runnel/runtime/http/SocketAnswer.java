package dev.runnel.runtime.http;

import java.util.List;

/**
 * How a request to become a WebSocket is granted.
 *
 * @param protocol the subprotocol that was chosen, or nothing
 * @param headers what is sent besides
 * @param longest how many bytes a message may have that comes in
 */
public record SocketAnswer(String protocol, List<Header> headers, int longest) {
  public SocketAnswer {
    headers = List.copyOf(headers);
  }
}
