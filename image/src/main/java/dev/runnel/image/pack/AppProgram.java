package dev.runnel.image.pack;

import com.google.gson.JsonObject;
import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A built program, as it goes into an image.
 *
 * @param bundle one JavaScript file, which imports built-ins only
 * @param sourceMap the bundle's
 * @param assets a folder of files that are sent to browsers as they are
 */
public record AppProgram(
    Identity identity,
    Kind kind,
    Path bundle,
    Optional<Path> sourceMap,
    Optional<Path> assets,
    List<Component> components) {
  /** The file of the manifest; it is a {@code package.json}, so that a folder of it just runs. */
  public static final String MANIFEST = "package.json";

  public static final String BUNDLE = "main.js";
  public static final String SOURCE_MAP = "main.js.map";

  /** The folder of files for browsers. */
  public static final String ASSETS = "client";

  /** What the build says of the files for browsers. */
  public static final String CLIENT_MANIFEST = "client.json";

  public AppProgram {
    components = List.copyOf(components);
  }

  /** What a program is written for. */
  public enum Kind {
    NODE("node"),
    WORKER("worker");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** The name and version of the program's own package. */
  public record Identity(String name, String version) {}

  /**
   * A package that is in the bundle.
   *
   * @param license in SPDX's words, as its package.json says
   */
  public record Component(String name, String version, Optional<String> license) {}

  /** Below {@code prefix}, which is empty or ends in a slash. */
  void into(LayerFiles layer, String prefix) throws IOException {
    layer.file(prefix + MANIFEST, manifest());
    layer.file(prefix + BUNDLE, Files.readAllBytes(bundle));
    if (sourceMap.isPresent()) {
      layer.file(prefix + SOURCE_MAP, Files.readAllBytes(sourceMap.get()));
    }
    if (assets.isPresent()) {
      layer.tree(prefix + ASSETS, assets.get());
    }
  }

  /** The same as files in a folder. */
  public void into(Path folder) throws IOException {
    Files.write(folder.resolve(MANIFEST), manifest());
    Files.copy(bundle, folder.resolve(BUNDLE));
    if (sourceMap.isPresent()) {
      Files.copy(sourceMap.get(), folder.resolve(SOURCE_MAP));
    }
    if (assets.isPresent()) {
      copyTree(assets.get(), folder.resolve(ASSETS));
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** The content of {@link #MANIFEST}. */
  public byte[] manifest() {
    JsonObject json = new JsonObject();
    json.addProperty("name", identity.name());
    json.addProperty("version", identity.version());
    json.addProperty("type", "module");
    json.addProperty("main", BUNDLE);
    JsonObject runnel = new JsonObject();
    runnel.addProperty("kind", kind.word());
    assets.ifPresent(_ -> runnel.addProperty("assets", ASSETS));
    json.add("runnel", runnel);
    return Json.bytes(json);
  }
}
