package dev.runnel.image.store;

import dev.runnel.image.layer.TarEntry;
import dev.runnel.image.layer.TarReader;
import dev.runnel.image.layer.TarWriter;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Index;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Images in one tar file: an OCI image layout, which {@code skopeo} calls {@code oci-archive} and
 * {@code podman load} reads. The same image makes the same file.
 */
public final class ImageArchive {
  private static final String BLOBS = "blobs/sha256/";
  private static final int MOST_ENTRIES = 10_000;

  private final ImageStore store;

  public ImageArchive(ImageStore store) {
    this.store = store;
  }

  /**
   * Writes an image to a file, without what is about it: other tools want a name as soon as there
   * are two manifests.
   */
  public void save(StoredImage image, Path file) throws IOException, ImageException {
    Path making = Files.createTempFile(file.toAbsolutePath().getParent(), ".image-", ".tar");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(making))) {
        write(image, new TarWriter(out));
      }
      Atomically.move(making, file);
    } finally {
      Files.deleteIfExists(making);
    }
  }

  private void write(StoredImage image, TarWriter tar) throws IOException, ImageException {
    Map<String, Descriptor> blobs = new TreeMap<>();
    blobs.put(image.descriptor().digest().hex(), image.descriptor());
    image.manifest().blobs().forEach(blob -> blobs.put(blob.digest().hex(), blob));
    tar.entry(TarEntry.folder("blobs/", 0755));
    tar.entry(TarEntry.folder(BLOBS, 0755));
    for (Descriptor blob : blobs.values()) {
      try (InputStream in = store.open(blob)) {
        tar.file(TarEntry.file(BLOBS + blob.digest().hex(), blob.size(), 0644), in);
      }
    }
    content(tar, "index.json", new Index(List.of(image.descriptor())).bytes());
    content(tar, "oci-layout", ImageStore.LAYOUT);
    tar.finish();
  }

  private static void content(TarWriter tar, String name, byte[] content) throws IOException {
    tar.file(TarEntry.file(name, content.length, 0644), content);
  }

  /**
   * Takes all images of a file into the store.
   *
   * @param instead what a single image without a full name will be called
   * @return their names
   */
  public List<ImageName> load(Path file, Optional<ImageName> instead)
      throws IOException, ImageException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        Staging staging = store.stage()) {
      Contents contents = read(in, staging);
      List<ImageName> names = new ArrayList<>();
      for (Descriptor manifest : contents.index().manifests()) {
        boolean isAboutAnother = add(manifest, contents, staging).subject().isPresent();
        Optional<ImageName> name = isAboutAnother ? Optional.empty() : name(manifest, instead);
        if (name.isPresent()) {
          staging.name(name.get(), manifest);
          names.add(name.get());
        } else if (isAboutAnother) {
          staging.about(manifest);
        }
      }
      if (names.isEmpty()) {
        throw new ImageException("%s says no name for its image: give one with -t.", file);
      }
      staging.commit();
      return names;
    } catch (EOFException e) {
      throw new ImageException(e, "%s is cut off.", file);
    }
  }

  private record Contents(Index index, Map<Digest, Path> files) {}

  private static Contents read(InputStream in, Staging staging) throws IOException, ImageException {
    TarReader tar = new TarReader(in, MOST_ENTRIES);
    Optional<Index> index = Optional.empty();
    Map<Digest, Path> files = new HashMap<>();
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      if (entry.kind() == TarEntry.Kind.FOLDER) {
        continue;
      }
      if (entry.name().equals("index.json")) {
        index = Optional.of(Index.parse(small(tar), "The index of the file"));
      } else if (entry.name().startsWith(BLOBS)) {
        Digest digest = Digest.parse("sha256:" + entry.name().substring(BLOBS.length()));
        files.put(digest, checked(tar, digest, staging));
      }
    }
    if (index.isEmpty()) {
      throw new ImageException(
          "It is no OCI archive, for it has no index.json; `skopeo copy` makes one of other"
              + " formats.");
    }
    return new Contents(index.get(), files);
  }

  private static byte[] small(TarReader tar) throws IOException, ImageException {
    byte[] bytes = tar.content().readNBytes(Manifest.LARGEST + 1);
    if (bytes.length > Manifest.LARGEST) {
      throw new ImageException("The index has more than %d bytes.", Manifest.LARGEST);
    }
    return bytes;
  }

  private static Path checked(TarReader tar, Digest digest, Staging staging)
      throws IOException, ImageException {
    Path file = staging.newFile();
    var sha256 = Digest.sha256();
    try (var out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
      tar.content().transferTo(out);
    }
    Digest found = Digest.of(sha256);
    if (!found.equals(digest)) {
      throw new ImageException("The content named %s is %s.", digest, found);
    }
    return file;
  }

  private Manifest add(Descriptor manifest, Contents contents, Staging staging)
      throws IOException, ImageException {
    if (!MediaTypes.MANIFESTS.contains(manifest.mediaType())) {
      throw new ImageException(
          "The file has a %s, where only images are supported.", manifest.mediaType());
    }
    Path file = contents.files().get(manifest.digest());
    if (file == null || Files.size(file) > Manifest.LARGEST) {
      throw new ImageException("The file has no manifest %s.", manifest.digest());
    }
    Manifest parsed = Manifest.parse(Files.readAllBytes(file));
    staging.add(file, manifest);
    for (Descriptor blob : parsed.blobs()) {
      Path content = contents.files().get(blob.digest());
      if (content == null) {
        if (!store.has(blob)) {
          throw new ImageException("The file has no content %s.", blob.digest());
        }
      } else if (Files.size(content) != blob.size()) {
        throw new ImageException(
            "The content %s has %d bytes, and the manifest says %d.",
            blob.digest(), Files.size(content), blob.size());
      } else {
        staging.add(content, blob);
      }
    }
    return parsed;
  }

  /** Other tools write a mere tag, or nothing. */
  private static Optional<ImageName> name(Descriptor manifest, Optional<ImageName> instead)
      throws ImageException {
    Optional<String> said = manifest.refName().filter(name -> name.matches(".*[:/@].*"));
    if (said.isPresent()) {
      return Optional.of(ImageName.parse(said.get()));
    }
    return instead;
  }
}
