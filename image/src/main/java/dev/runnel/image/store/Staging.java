package dev.runnel.image.store;

import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.layer.Layers;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An image on its way into the store. Nothing of it is to be seen there before {@link #commit};
 * whoever closes it without has left nothing. Used by one thread.
 */
public final class Staging implements AutoCloseable {
  private final ImageStore store;
  private final Path folder;
  private final List<Staged> contents = new ArrayList<>();
  private final List<Descriptor> manifests = new ArrayList<>();

  /** Content that lies aside. */
  record Staged(Path file, Descriptor descriptor) {}

  /** A packed layer and the digest of what is in it. */
  public record StagedLayer(Descriptor descriptor, Digest unpacked) {}

  Staging(ImageStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  public Descriptor add(String mediaType, byte[] content) throws IOException {
    Descriptor descriptor = Descriptor.of(mediaType, content);
    Path file = newFile();
    Files.write(file, content);
    contents.add(new Staged(file, descriptor));
    return descriptor;
  }

  /** Takes over a file of {@link #newFile} whose digest has been checked. */
  public void add(Path file, Descriptor descriptor) {
    if (contents.stream().noneMatch(one -> one.file().equals(file))) {
      contents.add(new Staged(file, descriptor));
    }
  }

  public StagedLayer layer(LayerFiles files) throws IOException {
    Path file = newFile();
    var sha256 = Digest.sha256();
    Digest unpacked;
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sha256)) {
      unpacked = Layers.write(files, out);
    }
    var descriptor = new Descriptor(MediaTypes.LAYER, Digest.of(sha256), Files.size(file));
    contents.add(new Staged(file, descriptor));
    return new StagedLayer(descriptor, unpacked);
  }

  /** A layer that was packed before. */
  public StagedLayer layer(PackedLayer packed) throws IOException, ImageException {
    Path file = newFile();
    var sha256 = Digest.sha256();
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sha256)) {
      Files.copy(packed.file(), out);
    }
    Descriptor descriptor = packed.layer().descriptor();
    if (!Digest.of(sha256).equals(descriptor.digest())) {
      throw new ImageException(
          "%s isn't what it was when it was made; remove it, and try again.", packed.file());
    }
    contents.add(new Staged(file, descriptor));
    return packed.layer();
  }

  /** An empty file for content that isn't known yet. */
  public Path newFile() throws IOException {
    return Files.createTempFile(folder, "", "");
  }

  /** What the image will be called. */
  public Descriptor manifest(ImageName name, Manifest manifest) throws IOException {
    Descriptor descriptor = add(MediaTypes.MANIFEST, manifest.bytes());
    name(name, descriptor);
    return descriptor;
  }

  public void name(ImageName name, Descriptor manifest) {
    manifests.add(manifest.named(name.toString()));
  }

  /** A manifest about another one, which needs no name. */
  public Descriptor about(Manifest manifest) throws IOException {
    Descriptor descriptor = add(MediaTypes.MANIFEST, manifest.bytes());
    manifests.add(descriptor);
    return descriptor;
  }

  /** A manifest without a name whose bytes have been added. */
  public void about(Descriptor manifest) {
    manifests.add(manifest);
  }

  public void commit() throws IOException, ImageException {
    store.commit(contents, manifests);
  }

  @Override
  public void close() throws IOException {
    Atomically.deleteFolder(folder);
  }
}
