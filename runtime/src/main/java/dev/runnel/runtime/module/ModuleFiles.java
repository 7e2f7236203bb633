package dev.runnel.runtime.module;

import dev.runnel.engine.HostError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a program may import: its own package, the {@code node_modules} above it, and what
 * it was granted. Real paths are compared, so a link that leads out of them is refused.
 */
public final class ModuleFiles {
  private static final long MAX_BYTES = 64L << 20;

  private final List<Path> roots;

  private ModuleFiles(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * @param entry the program's entry file, a real path
   * @param granted further folders, real paths
   */
  public static ModuleFiles around(Path entry, List<Path> granted) {
    List<Path> roots = new ArrayList<>(granted);
    Path folder = PackageJson.rootOf(entry).orElse(parent(entry));
    roots.add(folder);
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      realPath(above.resolve("node_modules")).ifPresent(roots::add);
    }
    return new ModuleFiles(roots);
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  /** The real path of a regular file, if there is one. */
  Optional<Path> file(Path path) {
    return Files.isRegularFile(path) ? realPath(path) : Optional.empty();
  }

  boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  /** The text of a regular file, wherever the path, which may be a program's own, leads. */
  public String read(Path path) {
    checkAllowed(path.normalize());
    Path file = file(path).orElseThrow(() -> unreadable(path));
    checkAllowed(file);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw HostError.error("ERR_MODULE_TOO_LARGE", "The module %s is larger than 64 MB.", path);
      }
      return withoutByteOrderMark(Files.readString(file, StandardCharsets.UTF_8));
    } catch (java.nio.charset.CharacterCodingException e) {
      throw HostError.syntax("ERR_INVALID_MODULE", "The module %s is not UTF-8 text.", path);
    } catch (IOException e) {
      throw unreadable(path);
    }
  }

  private static HostError unreadable(Path path) {
    return HostError.error("ERR_MODULE_NOT_FOUND", "The module %s can't be read.", path);
  }

  /**
   * @param file a path without {@code ..}
   */
  private void checkAllowed(Path file) {
    if (roots.stream().noneMatch(file::startsWith)) {
      throw HostError.error(
          "ERR_ACCESS_DENIED",
          "The program may not import %s: it lies outside its own folder and every --dir grant.",
          file);
    }
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Optional<Path> realPath(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
