package dev.runnel.image.oci;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A reference to content by its digest.
 *
 * @param size in bytes
 */
public record Descriptor(
    String mediaType, Digest digest, long size, Map<String, String> annotations) {
  /** In the index of a layout, what an image is called. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  public Descriptor {
    annotations = Map.copyOf(annotations);
  }

  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Map.of());
  }

  public static Descriptor of(String mediaType, byte[] content) {
    return new Descriptor(mediaType, Digest.of(content), content.length);
  }

  public static Descriptor read(Json json) throws ImageException {
    return new Descriptor(
        json.required("mediaType"),
        Digest.parse(json.required("digest")),
        json.number("size"),
        json.texts("annotations"));
  }

  public Descriptor named(String refName) {
    Map<String, String> more = new TreeMap<>(annotations);
    more.put(REF_NAME, refName);
    return new Descriptor(mediaType, digest, size, more);
  }

  public Optional<String> refName() {
    return Optional.ofNullable(annotations.get(REF_NAME));
  }

  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("mediaType", mediaType);
    json.addProperty("digest", digest.toString());
    json.addProperty("size", size);
    if (!annotations.isEmpty()) {
      json.add("annotations", Json.object(annotations));
    }
    return json;
  }
}
