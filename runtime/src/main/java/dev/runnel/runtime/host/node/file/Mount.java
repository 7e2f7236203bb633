package dev.runnel.runtime.host.node.file;

import java.nio.file.Path;

/**
 * A granted folder.
 *
 * @param guest where the program sees it: absolute and normalized
 * @param host the folder's real path
 */
public record Mount(Path guest, Path host) {
  public Mount {
    if (!guest.isAbsolute() || !guest.equals(guest.normalize())) {
      throw new IllegalArgumentException("The guest path must be absolute: " + guest);
    }
  }
}
