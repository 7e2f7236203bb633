package dev.runnel.runtime.module;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.runnel.engine.HostError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What of a {@code package.json} matters to resolution. */
public record PackageJson(Path folder, JsonObject content) {
  private static final String FILE = "package.json";

  /** The nearest package around a file. */
  public static Optional<PackageJson> around(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      var found = in(folder);
      if (found.isPresent()) {
        return found;
      }
      if (folder.endsWith("node_modules")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  public static Optional<Path> rootOf(Path file) {
    return around(file).map(PackageJson::folder);
  }

  public static Optional<PackageJson> in(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonElement parsed = JsonParser.parseString(Files.readString(file));
      return Optional.of(
          new PackageJson(
              folder, parsed.isJsonObject() ? parsed.getAsJsonObject() : new JsonObject()));
    } catch (JsonSyntaxException | IOException e) {
      throw HostError.error("ERR_INVALID_PACKAGE_CONFIG", "The file %s is not valid JSON.", file);
    }
  }

  public Optional<String> string(String key) {
    JsonElement value = content.get(key);
    return value != null && value.isJsonPrimitive()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  Optional<JsonElement> element(String key) {
    return Optional.ofNullable(content.get(key)).filter(value -> !value.isJsonNull());
  }

  /** {@code "module"}, {@code "commonjs"}, or empty when the package doesn't say. */
  Optional<String> type() {
    return string("type");
  }

  /** {@code runnel.kind}, which says what a program is when its exports don't. */
  public Optional<String> runnel(String key) {
    return element("runnel")
        .filter(JsonElement::isJsonObject)
        .map(settings -> settings.getAsJsonObject().get(key))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString);
  }
}
