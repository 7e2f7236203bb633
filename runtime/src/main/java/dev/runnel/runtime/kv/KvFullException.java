package dev.runnel.runtime.kv;

import java.io.IOException;

/** A namespace would hold more than it may. */
public final class KvFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public KvFullException(long limit) {
    super("The namespace would hold more than its limit of %d bytes.".formatted(limit));
  }
}
