package dev.runnel.image.registry;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import java.util.Optional;

/** Sends an image of this machine to a registry: its contents, its manifest, what is about it. */
public final class Push {
  private final ImageStore store;
  private final Registry registry;
  private final Progress progress;
  private long done;
  private long all;

  public Push(ImageStore store, Registry registry, Progress progress) {
    this.store = store;
    this.registry = registry;
    this.progress = progress;
  }

  /**
   * @param name what it will be called there
   */
  public void send(StoredImage image, ImageName name)
      throws IOException, InterruptedException, ImageException {
    all = image.size();
    Descriptor manifest = image.descriptor();
    send(manifest, name.isByDigest() ? manifest.digest().toString() : name.reference());
    for (Descriptor about : store.about(manifest.digest())) {
      boolean isListed = send(about, about.digest().toString());
      Optional<String> type = store.manifest(about).artifactType();
      if (!isListed && type.isPresent()) {
        registry.list(manifest.digest(), about, type.get());
      }
    }
  }

  private boolean send(Descriptor descriptor, String reference)
      throws IOException, InterruptedException, ImageException {
    Manifest manifest = store.manifest(descriptor);
    for (Descriptor blob : manifest.blobs()) {
      if (!store.has(blob)) {
        throw new ImageException("The image has no content %s.", blob.digest());
      }
      registry.upload(blob, store.blob(blob.digest()), this::moved);
    }
    moved(descriptor.size());
    return registry.put(reference, descriptor, store.bytes(descriptor));
  }

  private void moved(long bytes) {
    done += bytes;
    progress.at(Math.min(done, all), all);
  }
}
