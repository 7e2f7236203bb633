package dev.runnel.image.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A list of manifests. */
public record Index(List<Descriptor> manifests) {
  public Index {
    manifests = List.copyOf(manifests);
  }

  public static Index parse(byte[] bytes, String what) throws ImageException {
    List<Descriptor> manifests = new ArrayList<>();
    for (Json manifest : Json.parse(bytes, what).children("manifests")) {
      manifests.add(Descriptor.read(manifest));
    }
    return new Index(manifests);
  }

  public byte[] bytes() {
    JsonObject json = new JsonObject();
    json.addProperty("schemaVersion", 2);
    json.addProperty("mediaType", MediaTypes.INDEX);
    JsonArray list = new JsonArray();
    manifests.forEach(manifest -> list.add(manifest.json()));
    json.add("manifests", list);
    return Json.bytes(json);
  }
}
