package dev.runnel.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runnel inspect}: an image's manifest and configuration, or the list of its parts. */
@Command(name = "inspect", description = "Prints what an image is, as JSON.")
final class InspectCommand extends ImageCommand {
  @Option(names = "--sbom", description = "Print the CycloneDX list of its parts instead.")
  private boolean sbom;

  @Mixin private StoreFlag store = new StoreFlag();

  @Mixin private NamedImage named = new NamedImage();

  @Override
  void run() throws IOException, ImageException {
    ImageStore images = store.open();
    StoredImage image = images.image(named.name());
    print(pretty(sbom ? parts(images, image) : described(images, image)));
  }

  private static JsonObject described(ImageStore images, StoredImage image)
      throws IOException, ImageException {
    JsonObject json = new JsonObject();
    json.addProperty("name", image.name().toString());
    json.addProperty("digest", image.descriptor().digest().toString());
    json.addProperty("kind", image.label());
    json.addProperty("size", image.size());
    json.add("manifest", object(images.bytes(image.descriptor())));
    json.add("config", object(images.bytes(image.manifest().config())));
    JsonArray about = new JsonArray();
    for (Descriptor one : images.about(image.descriptor().digest())) {
      about.add(one.json());
    }
    json.add("about", about);
    return json;
  }

  private static JsonObject parts(ImageStore images, StoredImage image)
      throws IOException, ImageException {
    for (Descriptor one : images.about(image.descriptor().digest())) {
      Manifest manifest = images.manifest(one);
      if (manifest.artifactType().equals(Optional.of(MediaTypes.CYCLONE_DX))) {
        return object(images.bytes(manifest.layers().getFirst()));
      }
    }
    throw new ImageException("The image %s has no list of its parts.", image.name());
  }

  private static JsonObject object(byte[] json) {
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static String pretty(JsonObject json) {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
  }
}
