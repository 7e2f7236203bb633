package dev.runnel.image.pack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.Json;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.pack.AppProgram.Component;
import dev.runnel.image.pack.AppProgram.Identity;
import dev.runnel.image.store.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of what is in an image, in CycloneDX 1.6, attached to it as a manifest whose subject it
 * is. Neither time nor serial number, which the format leaves open: the same image has the same
 * list.
 */
final class Sbom {
  private Sbom() {}

  static void attach(
      Identity identity, List<Component> components, Descriptor image, Staging staging)
      throws IOException {
    Descriptor list = staging.add(MediaTypes.CYCLONE_DX, bytes(identity, components));
    Descriptor nothing = staging.add(MediaTypes.EMPTY, "{}".getBytes(StandardCharsets.US_ASCII));
    staging.about(
        new Manifest(
            Optional.of(MediaTypes.CYCLONE_DX),
            nothing,
            List.of(list),
            Optional.of(image),
            Map.of("org.opencontainers.image.created", ImageConfig.CREATED)));
  }

  private static byte[] bytes(Identity identity, List<Component> parts) {
    JsonObject json = new JsonObject();
    json.addProperty("bomFormat", "CycloneDX");
    json.addProperty("specVersion", "1.6");
    json.addProperty("version", 1);
    JsonObject metadata = new JsonObject();
    metadata.add(
        "component",
        component(
            "application", new Component(identity.name(), identity.version(), Optional.empty())));
    json.add("metadata", metadata);
    JsonArray components = new JsonArray();
    parts.stream()
        .sorted(Comparator.comparing(Component::name).thenComparing(Component::version))
        .forEach(component -> components.add(component("library", component)));
    json.add("components", components);
    return Json.bytes(json);
  }

  private static JsonObject component(String type, Component component) {
    String purl = purl(component);
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("bom-ref", purl);
    json.addProperty("name", component.name());
    json.addProperty("version", component.version());
    if (component.license().isPresent()) {
      JsonObject license = new JsonObject();
      license.addProperty("expression", component.license().get());
      JsonArray licenses = new JsonArray();
      licenses.add(license);
      json.add("licenses", licenses);
    }
    json.addProperty("purl", purl);
    return json;
  }

  private static String purl(Component component) {
    return "pkg:npm/%s@%s".formatted(component.name().replace("@", "%40"), component.version());
  }
}
