package dev.runnel.image.bundle;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.runnel.image.oci.Json;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * What a program has to know of its bundle for browsers, under the name {@code runnel:client}: the
 * URLs of its {@code script} and {@code styles}, and of {@code files} by the path of their source.
 */
final class ClientManifest {
  private ClientManifest() {}

  /**
   * @param root the folder that is served at {@code /}
   */
  static byte[] of(Metafile built, Path root) {
    JsonObject json = new JsonObject();
    json.addProperty("script", url(built.entry().file(), root));
    JsonArray styles = new JsonArray();
    built.styles().ifPresent(file -> styles.add(url(file, root)));
    json.add("styles", styles);
    JsonObject files = new JsonObject();
    new TreeMap<>(built.assets())
        .forEach((source, file) -> files.addProperty(source, url(file, root)));
    json.add("files", files);
    return Json.bytes(json);
  }

  private static String url(Path file, Path root) {
    return "/" + root.relativize(file).toString().replace('\\', '/');
  }
}
