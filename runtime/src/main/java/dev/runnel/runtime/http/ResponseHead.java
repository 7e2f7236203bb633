package dev.runnel.runtime.http;

import java.util.List;

/**
 * @param reason the reason phrase, or {@code ""} for the standard one
 */
public record ResponseHead(int status, String reason, List<Header> headers) {
  public ResponseHead {
    headers = List.copyOf(headers);
  }
}
