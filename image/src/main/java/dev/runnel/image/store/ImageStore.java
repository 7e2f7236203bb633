package dev.runnel.image.store;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Index;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of this machine: one folder, which is an OCI image layout that other tools can read.
 *
 * <p>Any number of processes may use it at once. What comes is written aside ({@link Staging}) and
 * put in its place whole, contents first, the index last, each by one rename; a process that dies
 * leaves nothing that a reader would see. Changes of the index and the removal of contents that
 * nobody names happen under one lock.
 */
public final class ImageStore {
  static final byte[] LAYOUT =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.US_ASCII);
  private static final String LAYOUT_FILE = "oci-layout";
  private static final String INDEX_FILE = "index.json";

  private final Path folder;

  private ImageStore(Path folder) {
    this.folder = folder;
  }

  /** The folder is made when the first image comes. */
  public static ImageStore at(Path folder) {
    return new ImageStore(folder.toAbsolutePath().normalize());
  }

  public Path folder() {
    return folder;
  }

  /** All images that have a name, in the order of their names. */
  public List<StoredImage> images() throws IOException, ImageException {
    List<StoredImage> images = new ArrayList<>();
    for (Descriptor descriptor : index().manifests()) {
      if (descriptor.refName().isPresent()) {
        images.add(read(ImageName.parse(descriptor.refName().get()), descriptor));
      }
    }
    images.sort(java.util.Comparator.comparing(image -> image.name().toString()));
    return images;
  }

  /** An image that has to be there. */
  public StoredImage image(ImageName name) throws IOException, ImageException {
    return find(name)
        .orElseThrow(
            () ->
                new ImageException(
                    "There is no image %s here; `runnel images` lists those that are.", name));
  }

  public Optional<StoredImage> find(ImageName name) throws IOException, ImageException {
    for (Descriptor descriptor : index().manifests()) {
      if (descriptor.refName().filter(name.toString()::equals).isPresent()) {
        return Optional.of(read(name, descriptor));
      }
    }
    return Optional.empty();
  }

  /** The manifests that are about this one, such as its list of parts. */
  public List<Descriptor> about(Digest subject) throws IOException, ImageException {
    List<Descriptor> found = new ArrayList<>();
    for (Descriptor descriptor : index().manifests()) {
      Optional<Descriptor> about = manifest(descriptor).subject();
      if (about.filter(of -> of.digest().equals(subject)).isPresent()) {
        found.add(descriptor);
      }
    }
    return found;
  }

  private StoredImage read(ImageName name, Descriptor descriptor)
      throws IOException, ImageException {
    Manifest manifest = manifest(descriptor);
    boolean isImage = MediaTypes.CONFIGS.contains(manifest.config().mediaType());
    return new StoredImage(
        name,
        descriptor,
        manifest,
        isImage ? Optional.of(ImageConfig.parse(bytes(manifest.config()))) : Optional.empty());
  }

  public Manifest manifest(Descriptor descriptor) throws IOException, ImageException {
    return Manifest.parse(bytes(descriptor));
  }

  /** The whole of a small content: a manifest, a configuration. Its digest is checked. */
  public byte[] bytes(Descriptor descriptor) throws IOException, ImageException {
    if (descriptor.size() > Manifest.LARGEST) {
      throw new ImageException(
          "%s has %d bytes; %d are the most.",
          descriptor.digest(), descriptor.size(), Manifest.LARGEST);
    }
    try (InputStream in = open(descriptor)) {
      byte[] bytes = in.readNBytes(Manifest.LARGEST + 1);
      if (!Digest.of(bytes).equals(descriptor.digest())) {
        throw damaged(descriptor.digest());
      }
      return bytes;
    }
  }

  /** The digest isn't checked; who unpacks it checks. */
  public InputStream open(Descriptor descriptor) throws IOException, ImageException {
    try {
      return Files.newInputStream(blob(descriptor.digest()));
    } catch (NoSuchFileException e) {
      throw damaged(descriptor.digest());
    }
  }

  private ImageException damaged(Digest digest) {
    return new ImageException(
        "The images in %s are damaged: %s is missing or has changed; remove the image and get it"
            + " again.",
        folder, digest);
  }

  /** Where content is, or would be. */
  public Path blob(Digest digest) {
    return blobs().resolve(digest.hex());
  }

  public boolean has(Descriptor descriptor) throws IOException {
    Path blob = blob(descriptor.digest());
    return Files.isRegularFile(blob) && Files.size(blob) == descriptor.size();
  }

  /** A place aside where a new image is made. */
  public Staging stage() throws IOException {
    Files.createDirectories(blobs());
    return new Staging(this, Files.createTempDirectory(folder, ".staging-"));
  }

  /** Puts contents in their places, then the manifests into the index. */
  void commit(List<Staging.Staged> contents, List<Descriptor> manifests)
      throws IOException, ImageException {
    try (var _ = lock()) {
      if (!Files.exists(folder.resolve(LAYOUT_FILE))) {
        Atomically.write(folder.resolve(LAYOUT_FILE), LAYOUT);
      }
      for (Staging.Staged content : contents) {
        Atomically.move(content.file(), blob(content.descriptor().digest()));
      }
      List<Descriptor> all = new ArrayList<>(index().manifests());
      for (Descriptor manifest : manifests) {
        checkWhole(manifest);
        all.removeIf(other -> isReplacedBy(manifest, other));
        all.add(manifest);
      }
      write(all);
    }
  }

  /** What was there already may have been removed since. */
  private void checkWhole(Descriptor manifest) throws IOException, ImageException {
    for (Descriptor blob : manifest(manifest).blobs()) {
      if (!has(blob)) {
        throw new ImageException(
            "%s has been removed by another command meanwhile: try again.", blob.digest());
      }
    }
  }

  private static boolean isReplacedBy(Descriptor manifest, Descriptor other) {
    return manifest.refName().isPresent()
        ? manifest.refName().equals(other.refName())
        : other.refName().isEmpty() && manifest.digest().equals(other.digest());
  }

  /** Forgets a name, and removes all contents that no other name needs. */
  public void remove(ImageName name) throws IOException, ImageException {
    image(name);
    try (var _ = lock()) {
      List<Descriptor> kept = new ArrayList<>(index().manifests());
      kept.removeIf(one -> one.refName().filter(name.toString()::equals).isPresent());
      dropOrphans(kept);
      write(kept);
      sweep(kept);
    }
  }

  /** Manifests without a name stay as long as what they are about. */
  private void dropOrphans(List<Descriptor> kept) throws IOException, ImageException {
    Set<Digest> named = new HashSet<>();
    kept.stream().filter(one -> one.refName().isPresent()).forEach(one -> named.add(one.digest()));
    for (Descriptor one : List.copyOf(kept)) {
      if (one.refName().isEmpty()) {
        Optional<Descriptor> about = manifest(one).subject();
        if (about.isEmpty() || !named.contains(about.get().digest())) {
          kept.remove(one);
        }
      }
    }
  }

  private void sweep(List<Descriptor> kept) throws IOException, ImageException {
    Set<String> needed = new HashSet<>();
    for (Descriptor one : kept) {
      needed.add(one.digest().hex());
      manifest(one).blobs().forEach(blob -> needed.add(blob.digest().hex()));
    }
    try (Stream<Path> all = Files.list(blobs())) {
      for (Path blob : all.toList()) {
        if (!needed.contains(blob.getFileName().toString())) {
          Files.deleteIfExists(blob);
        }
      }
    }
  }

  private Index index() throws IOException, ImageException {
    try {
      return Index.parse(Files.readAllBytes(folder.resolve(INDEX_FILE)), "The index of the images");
    } catch (NoSuchFileException e) {
      return new Index(List.of());
    }
  }

  private void write(List<Descriptor> manifests) throws IOException {
    Atomically.write(folder.resolve(INDEX_FILE), new Index(manifests).bytes());
  }

  private Path blobs() {
    return folder.resolve("blobs").resolve("sha256");
  }

  private StoreLock lock() throws IOException {
    return StoreLock.on(folder.resolve(".lock"));
  }
}
