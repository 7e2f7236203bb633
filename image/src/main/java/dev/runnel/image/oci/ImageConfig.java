package dev.runnel.image.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An image's configuration: where it runs and what it starts.
 *
 * @param layers the digests of the unpacked layers, bottom first
 * @param ports such as {@code 8080/tcp}
 * @param user such as {@code 65532:65532}; empty for root
 */
public record ImageConfig(
    Platform platform,
    List<Digest> layers,
    List<String> entrypoint,
    Map<String, String> environment,
    List<String> ports,
    String user,
    Map<String, String> labels) {
  /** Always this instant: the same input makes the same image. */
  public static final String CREATED = "1970-01-01T00:00:00Z";

  /** An operating system and an architecture, in Go's words. */
  public record Platform(String os, String architecture) {
    @Override
    public String toString() {
      return os + "/" + architecture;
    }
  }

  public ImageConfig {
    layers = List.copyOf(layers);
    entrypoint = List.copyOf(entrypoint);
    environment = Map.copyOf(environment);
    ports = List.copyOf(ports);
    labels = Map.copyOf(labels);
  }

  public static ImageConfig parse(byte[] bytes) throws ImageException {
    Json json = Json.parse(bytes, "The configuration of the image");
    List<Digest> layers = new ArrayList<>();
    for (String layer : json.requiredChild("rootfs").strings("diff_ids")) {
      layers.add(Digest.parse(layer));
    }
    Json config = json.child("config").orElse(Json.parse(new byte[] {'{', '}'}, "The image"));
    List<String> ports = new ArrayList<>();
    config.child("ExposedPorts").ifPresent(exposed -> ports.addAll(exposed.raw().keySet()));
    return new ImageConfig(
        new Platform(json.required("os"), json.required("architecture")),
        layers,
        config.strings("Entrypoint"),
        Map.of(),
        ports,
        config.string("User").orElse(""),
        config.texts("Labels"));
  }

  public byte[] bytes() {
    JsonObject json = new JsonObject();
    json.addProperty("created", CREATED);
    json.addProperty("architecture", platform.architecture());
    json.addProperty("os", platform.os());
    json.add("config", settings());
    JsonObject rootfs = new JsonObject();
    rootfs.addProperty("type", "layers");
    rootfs.add("diff_ids", array(layers.stream().map(Digest::toString).toList()));
    json.add("rootfs", rootfs);
    return Json.bytes(json);
  }

  private JsonObject settings() {
    JsonObject config = new JsonObject();
    if (!user.isEmpty()) {
      config.addProperty("User", user);
    }
    if (!ports.isEmpty()) {
      JsonObject exposed = new JsonObject();
      ports.stream().sorted().forEach(port -> exposed.add(port, new JsonObject()));
      config.add("ExposedPorts", exposed);
    }
    if (!environment.isEmpty()) {
      config.add(
          "Env",
          array(
              environment.entrySet().stream()
                  .map(variable -> variable.getKey() + "=" + variable.getValue())
                  .sorted()
                  .toList()));
    }
    config.add("Entrypoint", array(entrypoint));
    config.addProperty("WorkingDir", "/");
    if (!labels.isEmpty()) {
      config.add("Labels", Json.object(labels));
    }
    return config;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
