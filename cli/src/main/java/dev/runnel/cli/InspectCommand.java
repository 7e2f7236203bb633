package dev.runnel.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel inspect}: an image's manifest and configuration, or the list of its parts. */
@Command(
    name = "inspect",
    description = "Prints what an image is, as JSON.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--sbom", description = "Print the CycloneDX list of its parts instead.")
  private boolean sbom;

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(paramLabel = "NAME", converter = ImageNames.class, description = "The image.")
  private @Nullable ImageName name;

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(
        spec,
        () -> {
          ImageStore images = store.open();
          StoredImage image = images.image(java.util.Objects.requireNonNull(name));
          print(sbom ? parts(images, image) : described(images, image));
        });
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
      if (manifest.artifactType().filter(InspectCommand::isSbom).isPresent()) {
        return object(images.bytes(manifest.layers().getFirst()));
      }
    }
    throw new ImageException("The image %s has no list of its parts.", image.name());
  }

  private static boolean isSbom(String type) {
    return type.equals(dev.runnel.image.oci.MediaTypes.CYCLONE_DX);
  }

  private static JsonObject object(byte[] json) {
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private void print(JsonObject json) {
    var out = spec.commandLine().getOut();
    out.println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json));
    out.flush();
  }
}
