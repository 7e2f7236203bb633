package dev.runnel.image.registry;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageConfig.Platform;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Json;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.registry.Registry.Received;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gets an image from a registry. It is in the store when all of it has come and was checked, and
 * not before.
 */
public final class Pull {
  private static final long LARGEST_LIST = 64L << 20;

  private final ImageStore store;
  private final Registry registry;
  private final long largest;
  private final Progress progress;
  private long done;
  private long all;

  /**
   * @param largest bytes that an image may have
   */
  public Pull(ImageStore store, Registry registry, long largest, Progress progress) {
    this.store = store;
    this.registry = registry;
    this.largest = largest;
    this.progress = progress;
  }

  /**
   * @param platforms those that will do, the best first, when there are several
   * @return the image's manifest
   */
  public Descriptor get(ImageName name, List<Platform> platforms)
      throws IOException, InterruptedException, ImageException {
    Received received = chosen(name, platforms);
    try (Staging staging = store.stage()) {
      Manifest manifest = Manifest.parse(received.bytes());
      checkSize(name, manifest);
      Descriptor descriptor = add(received, manifest, staging);
      staging.name(name, descriptor);
      lists(descriptor.digest(), staging);
      staging.commit();
      return descriptor;
    }
  }

  private Received chosen(ImageName name, List<Platform> platforms)
      throws IOException, InterruptedException, ImageException {
    Received received = required(name, name.reference());
    if (!MediaTypes.INDEXES.contains(received.descriptor().mediaType())) {
      return received;
    }
    List<String> there = new ArrayList<>();
    List<Json> manifests = Json.parse(received.bytes(), "The index").children("manifests");
    for (Platform platform : platforms) {
      for (Json one : manifests) {
        String said = platform(one);
        if (said.equals(platform.toString())) {
          return required(name, Digest.parse(one.required("digest")).toString());
        }
        if (!there.contains(said)) {
          there.add(said);
        }
      }
    }
    throw new ImageException(
        "%s is for %s, and not for this machine.", name, String.join(", ", there));
  }

  private static String platform(Json manifest) throws ImageException {
    Optional<Json> platform = manifest.child("platform");
    return platform.isPresent()
        ? platform.get().string("os").orElse("?")
            + "/"
            + platform.get().string("architecture").orElse("?")
        : "?";
  }

  private Received required(ImageName name, String reference)
      throws IOException, InterruptedException, ImageException {
    Optional<Received> received = registry.manifest(reference);
    if (received.isEmpty()) {
      throw new ImageException("The registry has no image %s.", name);
    }
    return received.get();
  }

  private void checkSize(ImageName name, Manifest manifest) throws ImageException {
    for (Descriptor blob : manifest.blobs()) {
      all = Math.addExact(all, Math.min(blob.size(), Long.MAX_VALUE / 256));
    }
    if (all > largest) {
      throw new ImageException(
          "%s has %d bytes; %d are the most (--max-size).", name, all, largest);
    }
    if (manifest.config().size() > Manifest.LARGEST) {
      throw new ImageException(
          "The configuration of %s has more than %d bytes.", name, Manifest.LARGEST);
    }
  }

  private Descriptor add(Received received, Manifest manifest, Staging staging)
      throws IOException, InterruptedException, ImageException {
    for (Descriptor blob : manifest.blobs()) {
      if (store.has(blob)) {
        moved(blob.size());
      } else {
        Path file = staging.newFile();
        registry.download(blob, file, this::moved);
        staging.add(file, blob);
      }
    }
    Path file = staging.newFile();
    Files.write(file, received.bytes());
    staging.add(file, received.descriptor());
    return received.descriptor();
  }

  /** The lists of parts that are attached to it; whatever else is, stays there. */
  private void lists(Digest subject, Staging staging)
      throws IOException, InterruptedException, ImageException {
    Optional<Received> about = registry.about(subject);
    if (about.isEmpty()) {
      return;
    }
    for (Json one : Json.parse(about.get().bytes(), "The list").children("manifests")) {
      if (one.string("artifactType").filter(MediaTypes.CYCLONE_DX::equals).isPresent()) {
        Optional<Received> list =
            registry.manifest(Digest.parse(one.required("digest")).toString());
        if (list.isPresent()) {
          addList(list.get(), subject, staging);
        }
      }
    }
  }

  private void addList(Received list, Digest subject, Staging staging)
      throws IOException, InterruptedException, ImageException {
    Manifest manifest = Manifest.parse(list.bytes());
    boolean isAbout = manifest.subject().filter(one -> one.digest().equals(subject)).isPresent();
    boolean isSmall = manifest.blobs().stream().allMatch(blob -> blob.size() <= LARGEST_LIST);
    if (isAbout && isSmall) {
      staging.about(add(list, manifest, staging));
    }
  }

  private void moved(long bytes) {
    done += bytes;
    progress.at(Math.min(done, all), all);
  }
}
