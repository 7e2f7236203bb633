package dev.runnel.server;

import java.io.IOException;

/** A client sent more than one request may have. */
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  BodyTooLargeException(long limit) {
    super("The request body is larger than the %d bytes that are allowed.".formatted(limit));
  }
}
