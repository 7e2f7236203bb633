package dev.runnel.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The user's own folders, as the XDG base directory specification names them. */
final class UserFolders {
  private UserFolders() {}

  /** For what can be made again. */
  static Optional<Path> cache(Map<String, String> environment) {
    return folder(environment, "XDG_CACHE_HOME", Path.of(".cache"));
  }

  /** For what can't. */
  static Optional<Path> data(Map<String, String> environment) {
    return folder(environment, "XDG_DATA_HOME", Path.of(".local", "share"));
  }

  private static Optional<Path> folder(
      Map<String, String> environment, String variable, Path usual) {
    String named = environment.getOrDefault(variable, "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Optional.ofNullable(environment.get("HOME"))
        .filter(home -> !home.isEmpty())
        .map(home -> Path.of(home).resolve(usual));
  }
}
