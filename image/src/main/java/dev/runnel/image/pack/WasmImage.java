package dev.runnel.image.pack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageConfig.Platform;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Json;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.store.Staging;
import dev.runnel.image.store.Staging.StagedLayer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The <em>wasm</em> kind: one WebAssembly file. As an image it has the annotations by which crun
 * knows it; as an artifact it is what the CNCF's Wasm OCI artifact layout says.
 */
public final class WasmImage {
  public static final String KIND = "wasm";

  /** The program's name in the image. */
  static final String FILE = "app.wasm";

  private static final Platform PLATFORM = new Platform("wasi", "wasm");
  private static final Map<String, String> FOR_CRUN =
      Map.of("run.oci.handler", "wasm", "module.wasm.image/variant", "compat-smart");

  private WasmImage() {}

  /** How it is packed. */
  public enum Form {
    IMAGE,
    ARTIFACT
  }

  /** The manifest's descriptor; the image is in the store when the staging is committed. */
  public static Descriptor add(WasmProgram program, Form form, ImageName name, Staging staging)
      throws IOException {
    Map<String, String> labels = AppImage.Labels.of(KIND, program.identity());
    Manifest manifest =
        switch (form) {
          case IMAGE -> image(program.module(), labels, staging);
          case ARTIFACT -> artifact(program.module(), labels, staging);
        };
    Descriptor descriptor = staging.manifest(name, manifest);
    Sbom.attach(program.identity(), program.components(), descriptor, staging);
    return descriptor;
  }

  private static Manifest image(byte[] module, Map<String, String> labels, Staging staging)
      throws IOException {
    StagedLayer layer = staging.layer(new LayerFiles().file(FILE, module));
    ImageConfig config =
        new ImageConfig(
            PLATFORM,
            List.of(layer.unpacked()),
            List.of("/" + FILE),
            Map.of(),
            List.of(),
            "",
            labels);
    Map<String, String> annotations = new TreeMap<>(labels);
    annotations.putAll(FOR_CRUN);
    return Manifest.image(
        staging.add(MediaTypes.CONFIG, config.bytes()), List.of(layer.descriptor()), annotations);
  }

  private static Manifest artifact(byte[] module, Map<String, String> labels, Staging staging)
      throws IOException {
    Descriptor layer = staging.add(MediaTypes.WASM, module);
    JsonObject config = new JsonObject();
    config.addProperty("created", ImageConfig.CREATED);
    config.addProperty("architecture", "wasm");
    config.addProperty("os", "wasip1");
    JsonArray digests = new JsonArray();
    digests.add(layer.digest().toString());
    config.add("layerDigests", digests);
    return Manifest.image(
        staging.add(MediaTypes.WASM_CONFIG, Json.bytes(config)), List.of(layer), labels);
  }
}
