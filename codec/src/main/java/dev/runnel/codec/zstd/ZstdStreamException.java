package dev.runnel.codec.zstd;

/** A stream that can't be compressed as it was to be. It can only be closed. */
public final class ZstdStreamException extends RuntimeException {
  private final ZstdException reason;

  ZstdStreamException(ZstdException reason) {
    super(reason.getMessage(), reason);
    this.reason = reason;
  }

  public ZstdException reason() {
    return reason;
  }
}
