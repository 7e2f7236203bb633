package dev.runnel.server.fetch;

import java.io.IOException;

/** A host that the program may not reach. */
final class EgressException extends IOException {
  private static final long serialVersionUID = 1L;

  EgressException(String sentence) {
    super(sentence);
  }
}
