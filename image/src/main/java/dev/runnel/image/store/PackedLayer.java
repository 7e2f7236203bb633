package dev.runnel.image.store;

import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.layer.Layers;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.store.Staging.StagedLayer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;

/** A layer that is kept as a file, so that it needn't be packed for each image. */
public record PackedLayer(Path file, StagedLayer layer) {
  private static final String DIGESTS = ".digests";

  /** Writes the layer, and beside it the digests of what is packed and of what is in it. */
  public static void write(LayerFiles files, Path file) throws IOException {
    var sha256 = Digest.sha256();
    Digest unpacked;
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sha256)) {
      unpacked = Layers.write(files, out);
    }
    Files.write(digests(file), List.of(Digest.of(sha256).toString(), unpacked.toString()));
  }

  public static PackedLayer at(Path file) throws IOException, ImageException {
    List<String> digests = Files.readAllLines(digests(file));
    var descriptor =
        new Descriptor(MediaTypes.LAYER, Digest.parse(digests.get(0)), Files.size(file));
    return new PackedLayer(file, new StagedLayer(descriptor, Digest.parse(digests.get(1))));
  }

  private static Path digests(Path file) {
    return file.resolveSibling(file.getFileName() + DIGESTS);
  }
}
