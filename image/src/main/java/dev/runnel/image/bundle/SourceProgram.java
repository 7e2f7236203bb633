package dev.runnel.image.bundle;

import com.google.gson.JsonElement;
import dev.runnel.engine.HostError;
import dev.runnel.image.pack.AppProgram.Identity;
import dev.runnel.runtime.module.PackageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program as its author has written it.
 *
 * @param folder the package's, a real path
 * @param entry its first module, a real path
 * @param client the first module of what browsers run
 * @param kind what the package says it is: {@code worker} or {@code node}
 * @param dependencies the packages it needs
 */
public record SourceProgram(
    Path folder,
    Path entry,
    Optional<Path> client,
    Optional<String> kind,
    Identity identity,
    Set<String> dependencies) {
  /** Where an entry is looked for when the package doesn't say. */
  private static final List<String> USUAL = List.of("src/main", "src/index", "main", "index");

  private static final List<String> EXTENSIONS = List.of(".tsx", ".ts", ".jsx", ".mjs", ".js");

  public SourceProgram {
    dependencies = Set.copyOf(dependencies);
  }

  /**
   * @param app a source file, or a folder with a {@code package.json}
   */
  public static SourceProgram at(Path app) throws BuildException, IOException {
    if (!Files.exists(app)) {
      throw new BuildException("There is no program %s.", app);
    }
    Path path = app.toRealPath();
    try {
      return Files.isDirectory(path) ? inFolder(path) : of(path);
    } catch (HostError e) {
      throw new BuildException("%s", e.guestMessage());
    }
  }

  private static SourceProgram of(Path entry) throws BuildException {
    Optional<PackageJson> json = PackageJson.around(entry);
    Path folder = json.map(PackageJson::folder).orElse(entry.resolveSibling("").normalize());
    return of(folder, entry, json);
  }

  private static SourceProgram inFolder(Path folder) throws BuildException {
    Optional<PackageJson> json = PackageJson.in(folder);
    Optional<String> said = json.flatMap(one -> one.string("source"));
    if (said.isPresent()) {
      return of(folder, named(folder, "source", said.get()), json);
    }
    for (String name : USUAL) {
      for (String extension : EXTENSIONS) {
        Path file = folder.resolve(name + extension);
        if (Files.isRegularFile(file)) {
          return of(folder, file, json);
        }
      }
    }
    Optional<String> main = json.flatMap(one -> one.string("main"));
    if (main.isPresent()) {
      return of(folder, named(folder, "main", main.get()), json);
    }
    throw new BuildException(
        "The folder %s has no source: name it in package.json, such as \"source\":"
            + " \"src/main.tsx\".",
        folder);
  }

  private static SourceProgram of(Path folder, Path entry, Optional<PackageJson> json)
      throws BuildException {
    Optional<String> client = json.flatMap(one -> one.runnel("client"));
    return new SourceProgram(
        folder,
        entry,
        client.isPresent()
            ? Optional.of(named(folder, "runnel.client", client.get()))
            : Optional.empty(),
        json.flatMap(one -> one.runnel("kind")),
        new Identity(
            json.flatMap(one -> one.string("name")).orElse(folder.getFileName().toString()),
            json.flatMap(one -> one.string("version")).orElse("0.0.0")),
        json.map(SourceProgram::dependencies).orElse(Set.of()));
  }

  private static Path named(Path folder, String key, String value) throws BuildException {
    Path file = folder.resolve(value).normalize();
    if (!Files.isRegularFile(file)) {
      throw new BuildException(
          "%s says \"%s\": \"%s\", which doesn't exist.",
          folder.resolve("package.json"), key, value);
    }
    return file;
  }

  private static Set<String> dependencies(PackageJson json) {
    JsonElement listed = json.content().get("dependencies");
    return listed != null && listed.isJsonObject()
        ? new TreeSet<>(listed.getAsJsonObject().keySet())
        : Set.of();
  }
}
