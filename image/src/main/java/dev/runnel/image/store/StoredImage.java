package dev.runnel.image.store;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import java.util.Optional;

/**
 * An image of this machine.
 *
 * @param descriptor of its manifest
 * @param config empty when it is an artifact, whose configuration is something else
 */
public record StoredImage(
    ImageName name, Descriptor descriptor, Manifest manifest, Optional<ImageConfig> config) {
  /** The label and annotation that says which kind of image Runnel has made. */
  public static final String KIND = "dev.runnel.image.kind";

  /** {@code app}, {@code wasm} or {@code jvm}; empty when Runnel hasn't made it. */
  public Optional<String> kind() {
    return Optional.ofNullable(manifest.annotations().get(KIND));
  }

  /** What it is, in a word. */
  public String label() {
    return kind().orElseGet(() -> isImage() ? "other image" : "other artifact");
  }

  private boolean isImage() {
    return MediaTypes.CONFIGS.contains(manifest.config().mediaType());
  }

  /** Bytes of its manifest, configuration and layers, as they travel. */
  public long size() {
    return descriptor.size() + manifest.blobs().stream().mapToLong(Descriptor::size).sum();
  }
}
