package dev.runnel.image.pack;

import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageConfig.Platform;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.store.Staging;
import dev.runnel.image.store.Staging.StagedLayer;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The <em>app</em> kind: a program and nothing else, for {@code runnel run IMAGE}. What is made of
 * it, such as a snapshot, is made where it runs.
 */
public final class AppImage {
  public static final String KIND = "app";

  /** JavaScript, whatever the machine. */
  private static final Platform PLATFORM = new Platform("js", "wasm");

  private AppImage() {}

  /** The manifest's descriptor; the image is in the store when the staging is committed. */
  public static Descriptor add(AppProgram program, ImageName name, Staging staging)
      throws IOException, ImageException {
    LayerFiles files = new LayerFiles();
    program.into(files, "");
    StagedLayer layer = staging.layer(files);
    Map<String, String> labels = Labels.of(KIND, program.identity());
    ImageConfig config =
        new ImageConfig(
            PLATFORM,
            List.of(layer.unpacked()),
            List.of("runnel", "run", "/"),
            Map.of(),
            program.kind() == AppProgram.Kind.WORKER ? List.of("8080/tcp") : List.of(),
            "",
            labels);
    Descriptor described = staging.add(MediaTypes.CONFIG, config.bytes());
    Manifest manifest = Manifest.image(described, List.of(layer.descriptor()), labels);
    Descriptor descriptor = staging.manifest(name, manifest);
    Sbom.attach(program.identity(), program.components(), descriptor, staging);
    return descriptor;
  }

  /** What Runnel says of its images, on the configuration and on the manifest. */
  static final class Labels {
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String VERSION = "org.opencontainers.image.version";
    private static final String CREATED = "org.opencontainers.image.created";

    private Labels() {}

    static Map<String, String> of(String kind, AppProgram.Identity identity) {
      return Map.of(
          StoredImage.KIND,
          kind,
          TITLE,
          identity.name(),
          VERSION,
          identity.version(),
          CREATED,
          ImageConfig.CREATED);
    }
  }
}
