package dev.runnel.image.pack;

import dev.runnel.image.jvm.JvmRuntime;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The <em>jvm</em> kind: a program with a JVM and Runnel, for any container runtime. It runs as
 * nobody in particular, and writes no file.
 */
public final class JvmImage {
  public static final String KIND = "jvm";

  /** The program's folder in the image. */
  private static final String APP = "app";

  private JvmImage() {}

  /** The manifest's descriptor; the image is in the store when the staging is committed. */
  public static Descriptor add(
      AppProgram program, JvmRuntime runtime, ImageName name, Staging staging)
      throws IOException, ImageException {
    List<StagedLayer> layers = new ArrayList<>(runtime.into(staging));
    LayerFiles files = new LayerFiles();
    program.into(files, APP + "/");
    layers.add(staging.layer(files));
    Map<String, String> labels = AppImage.Labels.of(KIND, program.identity());
    List<String> start = new ArrayList<>(runtime.start());
    start.add("/" + APP);
    ImageConfig config =
        new ImageConfig(
            platform(),
            layers.stream().map(StagedLayer::unpacked).toList(),
            start,
            Map.of(),
            program.kind() == AppProgram.Kind.WORKER ? List.of("8080/tcp") : List.of(),
            JvmRuntime.USER,
            labels);
    Manifest manifest =
        Manifest.image(
            staging.add(MediaTypes.CONFIG, config.bytes()),
            layers.stream().map(StagedLayer::descriptor).toList(),
            labels);
    Descriptor descriptor = staging.manifest(name, manifest);
    Sbom.attach(program.identity(), program.components(), descriptor, staging);
    return descriptor;
  }

  private static Platform platform() {
    String machine = System.getProperty("os.arch");
    return new Platform("linux", machine.equals("aarch64") ? "arm64" : machine);
  }
}
