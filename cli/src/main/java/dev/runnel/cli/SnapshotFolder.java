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
    return cache(environment).map(cache -> cache.resolve("runnel").resolve("snapshots"));
  }

  /** The XDG base directory specification's place for what can be made again. */
  private static Optional<Path> cache(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty()) {
      return Optional.of(Path.of(cache));
    }
    return Optional.ofNullable(environment.get("HOME"))
        .filter(home -> !home.isEmpty())
        .map(home -> Path.of(home).resolve(".cache"));
  }
}
