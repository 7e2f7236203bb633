package dev.runnel.image.pack;

import dev.runnel.image.layer.Unpacking;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.store.Atomically;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program of an <em>app</em> or <em>wasm</em> image as files, unpacked once for each image. */
public final class AppFolder {
  private AppFolder() {}

  /**
   * @param cache the folder that has all of them; each is called like its image's digest
   * @return a folder, or the WebAssembly file in it
   * @throws ImageException when it is an image of another kind, or what is in it isn't what it says
   */
  public static Path of(ImageStore store, StoredImage image, Path cache)
      throws IOException, ImageException {
    ImageConfig config = checked(image);
    Path folder = cache.toAbsolutePath().resolve(image.descriptor().digest().hex());
    Path program =
        image.kind().equals(Optional.of(WasmImage.KIND)) ? folder.resolve(WasmImage.FILE) : folder;
    if (Files.isDirectory(folder)) {
      return program;
    }
    Files.createDirectories(cache);
    Path making = Files.createTempDirectory(cache.toAbsolutePath(), ".unpacking-");
    try {
      unpack(store, image, config, making);
      Atomically.placeFolder(making, folder);
    } finally {
      Atomically.deleteFolder(making);
    }
    return program;
  }

  private static ImageConfig checked(StoredImage image) throws ImageException {
    String kind = image.kind().orElse("");
    if (image.config().isEmpty()) {
      throw new ImageException(
          "%s is no image to run but an artifact, %s.",
          image.name(),
          image.manifest().artifactType().orElse(image.manifest().config().mediaType()));
    }
    ImageConfig config = image.config().get();
    if (!kind.equals(AppImage.KIND) && !kind.equals(WasmImage.KIND)) {
      throw new ImageException("%s", other(image, kind, config));
    }
    if (config.layers().size() != image.manifest().layers().size()) {
      throw new ImageException(
          "%s has %d layers, and its configuration says %d.",
          image.name(), image.manifest().layers().size(), config.layers().size());
    }
    return config;
  }

  /** What it is, and what would run it. */
  private static String other(StoredImage image, String kind, ImageConfig config) {
    return switch (kind) {
      case JvmImage.KIND ->
          "%s is a container image with a JVM, for %s: `podman run` or `docker run` runs it."
              .formatted(image.name(), config.platform());
      default ->
          "%s is a container image for %s that Runnel hasn't made: `podman run` or `docker run` runs it."
              .formatted(image.name(), config.platform());
    };
  }

  private static void unpack(ImageStore store, StoredImage image, ImageConfig config, Path folder)
      throws IOException, ImageException {
    var unpacking = new Unpacking(folder, Unpacking.Bounds.DEFAULT);
    List<Descriptor> layers = image.manifest().layers();
    for (int i = 0; i < layers.size(); i++) {
      Descriptor layer = layers.get(i);
      Digest unpacked = config.layers().get(i);
      if (!MediaTypes.LAYERS.contains(layer.mediaType())) {
        throw new ImageException(
            "%s has a layer of the type %s; there can only be tar files packed by gzip.",
            image.name(), layer.mediaType());
      }
      try (InputStream in = new BufferedInputStream(store.open(layer))) {
        unpacking.unpack(in, layer.size(), unpacked);
      }
    }
    boolean isWasm = image.kind().equals(Optional.of(WasmImage.KIND));
    String needed = isWasm ? WasmImage.FILE : AppProgram.MANIFEST;
    if (!Files.isRegularFile(folder.resolve(needed))) {
      throw new ImageException("%s has no %s.", image.name(), needed);
    }
  }
}
