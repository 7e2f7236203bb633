package dev.runnel.runtime.host.web.html;

/** What all rewriters of one isolate may hold together. */
public final class Budget {
  private final long limit;
  private long held;

  public Budget(long limit) {
    this.limit = limit;
  }

  void reserve(long bytes) throws RewriteException {
    if (held + bytes > limit) {
      throw new RewriteException(
          "HTMLRewriter needs more than its limit of %d bytes for open elements and tags."
              .formatted(limit));
    }
    held += bytes;
  }

  void release(long bytes) {
    held -= bytes;
  }

  public long held() {
    return held;
  }
}
