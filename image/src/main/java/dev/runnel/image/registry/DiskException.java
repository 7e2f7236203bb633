package dev.runnel.image.registry;

import java.io.IOException;

/** A failure of this machine, for which no other try helps. */
final class DiskException extends IOException {
  private static final long serialVersionUID = 1;

  DiskException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
