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
import java.util.Set;

/**
 * The files that a program may import: its own package, the {@code node_modules} above it, and what
 * it was granted. Real paths are compared, so a link that leads out of them is refused.
 */
public final class ModuleFiles {
  private static final long MAX_BYTES = 64L << 20;

  private static final Set<String> TRANSFORMED = Set.of("ts", "tsx", "mts", "cts", "jsx");

  private final List<Path> roots;
  private final SourceTransform transform;

  private ModuleFiles(List<Path> roots, SourceTransform transform) {
    this.roots = List.copyOf(roots);
    this.transform = transform;
  }

  /**
   * @param entry the program's entry file, a real path
   * @param granted further folders, real paths
   * @param transform what reads TypeScript and JSX
   */
  public static ModuleFiles around(Path entry, List<Path> granted, SourceTransform transform) {
    List<Path> roots = new ArrayList<>(granted);
    Path folder = PackageJson.rootOf(entry).orElse(parent(entry));
    roots.add(folder);
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      realPath(above.resolve("node_modules")).ifPresent(roots::add);
    }
    return new ModuleFiles(roots, transform);
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

  /** Whether it is TypeScript or JSX, by its name. */
  static boolean isTransformed(Path file) {
    return TRANSFORMED.contains(ending(file));
  }

  /** Of a file's name, without the dot. */
  static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The {@code tsconfig.json} that counts for a file in TypeScript or JSX. */
  Optional<Path> tsconfig(Path file) {
    Path folder = isTransformed(file) ? file.getParent() : null;
    for (Path at = folder; at != null && isAllowed(at); at = at.getParent()) {
      Path found = at.resolve("tsconfig.json");
      if (Files.isRegularFile(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** What the engine runs of a file with that text. */
  String javaScript(Path file, String text) {
    return isTransformed(file)
        ? transform.javaScript(file, text, tsconfig(file).map(this::read))
        : text;
  }

  private static HostError unreadable(Path path) {
    return HostError.error("ERR_MODULE_NOT_FOUND", "The module %s can't be read.", path);
  }

  /**
   * @param file a path without {@code ..}
   */
  private void checkAllowed(Path file) {
    if (!isAllowed(file)) {
      throw HostError.error(
          "ERR_ACCESS_DENIED",
          "The program may not import %s: it lies outside its own folder and every --dir grant.",
          file);
    }
  }

  private boolean isAllowed(Path file) {
    return roots.stream().anyMatch(file::startsWith);
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
