package dev.runnel.image.jvm;

import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.Atomically;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was made for images with a JVM, a folder for each Runnel and JDK. When a new one comes,
 * those go that no image was packed from for an hour: an older Runnel may be at work beside.
 *
 * @param cache a folder of the user's
 */
record KeptRuntimes(Path cache) {
  private static final String PREFIX = "jvm-";
  private static final Duration IN_USE = Duration.ofHours(1);

  /** Fills the subfolder {@code layers} of a new folder. */
  interface Making {
    void in(Path folder) throws IOException, ImageException, InterruptedException;
  }

  /** The folder of that digest, which is made unless it is there. */
  Path folder(Digest digest, Making make) throws IOException, ImageException, InterruptedException {
    Path kept = cache.resolve(PREFIX + digest.hex());
    if (!Files.isDirectory(kept)) {
      Files.createDirectories(cache);
      Path making = Files.createTempDirectory(cache, "." + PREFIX);
      try {
        make.in(making);
        Atomically.placeFolder(making.resolve("layers"), kept);
      } finally {
        Atomically.deleteFolder(making);
      }
      removeUnused(kept);
    }
    Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
    return kept;
  }

  private void removeUnused(Path kept) throws IOException {
    Instant before = Instant.now().minus(IN_USE);
    for (Path other : folders()) {
      if (!other.equals(kept) && Files.getLastModifiedTime(other).toInstant().isBefore(before)) {
        Atomically.deleteFolder(other);
      }
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(KeptRuntimes::isOurs).toList();
    }
  }

  /** One that is being made, too: whoever made it may have died. */
  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return (name.startsWith(PREFIX) || name.startsWith("." + PREFIX)) && Files.isDirectory(file);
  }
}
