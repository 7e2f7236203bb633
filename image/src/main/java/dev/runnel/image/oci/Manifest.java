package dev.runnel.image.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image manifest, which names a configuration and layers.
 *
 * @param artifactType what it is, when it is no image to run
 * @param subject the manifest that this one is about
 */
public record Manifest(
    Optional<String> artifactType,
    Descriptor config,
    List<Descriptor> layers,
    Optional<Descriptor> subject,
    Map<String, String> annotations) {
  /** No manifest is larger; registries have the same limit. */
  public static final int LARGEST = 4 << 20;

  private static final int MOST_LAYERS = 128;

  public Manifest {
    layers = List.copyOf(layers);
    annotations = Map.copyOf(annotations);
  }

  public static Manifest image(
      Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
    return new Manifest(Optional.empty(), config, layers, Optional.empty(), annotations);
  }

  public static Manifest parse(byte[] bytes) throws ImageException {
    Json json = Json.parse(bytes, "The manifest");
    if (json.number("schemaVersion") != 2) {
      throw new ImageException("The manifest is not of schema version 2.");
    }
    List<Descriptor> layers = new ArrayList<>();
    for (Json layer : json.children("layers")) {
      layers.add(Descriptor.read(layer));
    }
    if (layers.size() > MOST_LAYERS) {
      throw new ImageException(
          "The manifest has %d layers; there may be %d.", layers.size(), MOST_LAYERS);
    }
    Optional<Json> subject = json.child("subject");
    return new Manifest(
        json.string("artifactType"),
        Descriptor.read(json.requiredChild("config")),
        layers,
        subject.isPresent() ? Optional.of(Descriptor.read(subject.get())) : Optional.empty(),
        json.texts("annotations"));
  }

  public byte[] bytes() {
    JsonObject json = new JsonObject();
    json.addProperty("schemaVersion", 2);
    json.addProperty("mediaType", MediaTypes.MANIFEST);
    artifactType.ifPresent(type -> json.addProperty("artifactType", type));
    json.add("config", config.json());
    JsonArray list = new JsonArray();
    layers.forEach(layer -> list.add(layer.json()));
    json.add("layers", list);
    subject.ifPresent(about -> json.add("subject", about.json()));
    if (!annotations.isEmpty()) {
      json.add("annotations", Json.object(annotations));
    }
    return Json.bytes(json);
  }

  /** The configuration and the layers. */
  public List<Descriptor> blobs() {
    List<Descriptor> all = new ArrayList<>(layers);
    all.addFirst(config);
    return all;
  }
}
