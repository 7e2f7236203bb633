package dev.runnel.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the evaluated heaps of programs are kept between starts: the user's own cache folder, or
 * what {@code RUNNEL_SNAPSHOTS} names; {@code off} keeps none.
 */
final class SnapshotFolder {
  private SnapshotFolder() {}

  static Optional<Path> in(Map<String, String> environment) {
    String named = environment.getOrDefault("RUNNEL_SNAPSHOTS", "");
    if (named.equals("off")) {
      return Optional.empty();
    }
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return UserFolders.cache(environment)
        .map(cache -> cache.resolve("runnel").resolve("snapshots"));
  }
}
