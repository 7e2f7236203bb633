package dev.runnel.image.bundle;

import dev.runnel.image.pack.AppProgram.Component;
import dev.runnel.runtime.module.PackageJson;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The npm packages whose files went into a bundle. */
final class Components {
  private static final String PACKAGES = "node_modules";

  private Components() {}

  static List<Component> of(Collection<Path> inputs) {
    Set<Path> folders = new TreeSet<>();
    inputs.forEach(input -> folder(input).ifPresent(folders::add));
    return folders.stream()
        .map(PackageJson::in)
        .flatMap(Optional::stream)
        .map(Components::component)
        .distinct()
        .sorted(Comparator.comparing(Component::name).thenComparing(Component::version))
        .toList();
  }

  /** The package's own folder: the last one of its name on the way to a file. */
  private static Optional<Path> folder(Path file) {
    for (Path at = file.getParent(); at != null; at = at.getParent()) {
      Path above = at.getParent();
      if (above != null && above.endsWith(PACKAGES) && !isScope(at)) {
        return Optional.of(at);
      }
      if (above != null && isScope(above) && parentIsPackages(above)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static boolean isScope(Path folder) {
    return folder.getFileName() != null && folder.getFileName().toString().startsWith("@");
  }

  private static boolean parentIsPackages(Path scope) {
    Path parent = scope.getParent();
    return parent != null && parent.endsWith(PACKAGES);
  }

  private static Component component(PackageJson json) {
    return new Component(
        json.string("name").orElse(json.folder().getFileName().toString()),
        json.string("version").orElse("0.0.0"),
        json.string("license"));
  }
}
