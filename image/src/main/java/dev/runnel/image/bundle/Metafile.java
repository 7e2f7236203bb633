package dev.runnel.image.bundle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What esbuild tells of a build, in its own format.
 *
 * @param folder where it ran, which its paths start from
 */
record Metafile(JsonObject content, Path folder) {

  static Metafile read(Path file, Path folder) throws IOException {
    JsonElement content = JsonParser.parseString(Files.readString(file));
    return new Metafile(content.getAsJsonObject(), folder);
  }

  /** The file that was made of an entry. */
  record Output(Path file, JsonObject content) {
    Set<String> exports() {
      Set<String> names = new TreeSet<>();
      content.getAsJsonArray("exports").forEach(name -> names.add(name.getAsString()));
      return names;
    }

    /** Modules outside the bundle that it gets by {@code require}. */
    Set<String> required() {
      Set<String> names = new TreeSet<>();
      for (JsonElement element : content.getAsJsonArray("imports")) {
        JsonObject imported = element.getAsJsonObject();
        if (imported.has("external") && imported.get("kind").getAsString().equals("require-call")) {
          names.add(imported.get("path").getAsString());
        }
      }
      return names;
    }
  }

  Output entry() {
    return outputs().entrySet().stream()
        .filter(output -> output.getValue().has("entryPoint"))
        .filter(output -> output.getKey().endsWith(".js"))
        .map(output -> new Output(folder.resolve(output.getKey()).normalize(), output.getValue()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("esbuild has told of no entry."));
  }

  /** The style sheet beside an entry. */
  Optional<Path> styles() {
    return Optional.ofNullable(entry().content().get("cssBundle"))
        .map(path -> folder.resolve(path.getAsString()).normalize());
  }

  /** For files that were taken as they are, the file that was made of each. */
  Map<String, Path> assets() {
    Map<String, Path> assets = new LinkedHashMap<>();
    outputs()
        .forEach(
            (path, output) -> {
              Set<String> inputs = output.getAsJsonObject("inputs").keySet();
              Path file = folder.resolve(path).normalize();
              if (!output.has("entryPoint") && inputs.size() == 1 && !isStyles(file)) {
                assets.put(inputs.iterator().next(), file);
              }
            });
    return assets;
  }

  private boolean isStyles(Path file) {
    return styles().filter(file::equals).isPresent();
  }

  /** The files that went in. */
  Set<Path> inputs() {
    Set<Path> files = new TreeSet<>();
    for (String input : content.getAsJsonObject("inputs").keySet()) {
      files.add(folder.resolve(input).normalize());
    }
    return files;
  }

  private Map<String, JsonObject> outputs() {
    Map<String, JsonObject> outputs = new LinkedHashMap<>();
    content
        .getAsJsonObject("outputs")
        .entrySet()
        .forEach(one -> outputs.put(one.getKey(), one.getValue().getAsJsonObject()));
    return outputs;
  }
}
