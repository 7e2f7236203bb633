package dev.runnel.image.oci;

import java.util.Set;

/** The media types that Runnel writes, and those of Docker that mean the same. */
public final class MediaTypes {
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  public static final String EMPTY = "application/vnd.oci.empty.v1+json";
  public static final String WASM = "application/wasm";
  public static final String WASM_CONFIG = "application/vnd.wasm.config.v0+json";
  public static final String CYCLONE_DX = "application/vnd.cyclonedx+json";

  private static final String DOCKER = "application/vnd.docker.";

  public static final Set<String> MANIFESTS =
      Set.of(MANIFEST, DOCKER + "distribution.manifest.v2+json");
  public static final Set<String> INDEXES =
      Set.of(INDEX, DOCKER + "distribution.manifest.list.v2+json");
  public static final Set<String> CONFIGS = Set.of(CONFIG, DOCKER + "container.image.v1+json");
  public static final Set<String> LAYERS = Set.of(LAYER, DOCKER + "image.rootfs.diff.tar.gzip");

  private MediaTypes() {}
}
