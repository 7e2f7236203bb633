package dev.runnel.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  @TempDir private Path temp = Path.of("");

  private ImageStore store() {
    return ImageStore.at(temp.resolve("images"));
  }

  /** An image whose one layer is a text. */
  private static Manifest staged(Staging staging, String layer) throws IOException {
    var config =
        new ImageConfig(
            new ImageConfig.Platform("js", "wasm"),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            "",
            Map.of());
    return Manifest.image(
        staging.add(MediaTypes.CONFIG, config.bytes()),
        List.of(
            staging.add(MediaTypes.LAYER, layer.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
        Map.of());
  }

  private Descriptor added(String name, String layer) throws Exception {
    try (Staging staging = store().stage()) {
      Descriptor manifest = staging.manifest(ImageName.parse(name), staged(staging, layer));
      staging.commit();
      return manifest;
    }
  }

  private List<String> blobs() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("images/blobs/sha256"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private List<String> names() throws Exception {
    return store().images().stream().map(image -> image.name().toString()).toList();
  }

  @Test
  void aStoreThatIsNotThereYetIsEmpty() throws Exception {
    assertThat(store().images()).isEmpty();
    assertThatThrownBy(() -> store().remove(ImageName.parse("shop")))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void anImageIsThereWhenItIsCommittedAndNotBefore() throws Exception {
    try (Staging staging = store().stage()) {
      staging.manifest(ImageName.parse("shop"), staged(staging, "x"));

      assertThat(names()).isEmpty();
      assertThat(blobs()).isEmpty();
    }
    assertThat(names()).isEmpty();
    assertThat(blobs()).isEmpty();

    added("shop", "x");

    assertThat(names()).containsExactly("shop:latest");
    try (Stream<Path> left = Files.list(temp.resolve("images"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("oci-layout", "index.json", "blobs", ".lock");
    }
  }

  @Test
  void aNameGoesOverToTheNewImage() throws Exception {
    added("shop", "old");
    Descriptor now = added("shop", "new");

    assertThat(names()).containsExactly("shop:latest");
    assertThat(store().image(ImageName.parse("shop")).descriptor().digest())
        .isEqualTo(now.digest());
  }

  @Test
  void whatAnotherImageNeedsStaysWhenOneIsRemoved() throws Exception {
    added("a", "shared");
    added("b", "shared");
    added("c", "own");

    store().remove(ImageName.parse("a"));
    store().remove(ImageName.parse("c"));

    assertThat(names()).containsExactly("b:latest");
    assertThat(blobs()).hasSize(3);
    store().remove(ImageName.parse("b"));
    assertThat(blobs()).isEmpty();
  }

  @Test
  void whatIsAboutAnImageGoesWithIt() throws Exception {
    Descriptor image = added("shop", "x");
    try (Staging staging = store().stage()) {
      Manifest about = staged(staging, "list");
      staging.about(
          new Manifest(
              Optional.of("a/b"), about.config(), about.layers(), Optional.of(image), Map.of()));
      staging.commit();
    }

    assertThat(store().about(image.digest())).hasSize(1);
    store().remove(ImageName.parse("shop"));
    assertThat(blobs()).isEmpty();
  }

  @Test
  void manyAtOnceLoseNothing() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 24; i++) {
        String name = "image-" + i;
        all.add(
            threads.submit(
                () -> {
                  added("gone-" + name, "shared");
                  added(name, "shared");
                  store().remove(ImageName.parse("gone-" + name));
                  return null;
                }));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }

    assertThat(names()).hasSize(24);
    for (StoredImage image : store().images()) {
      assertThat(image.manifest().blobs()).allMatch(this::isThere);
    }
  }

  private boolean isThere(Descriptor blob) {
    return Files.isRegularFile(store().blob(blob.digest()));
  }

  @Test
  void aManifestThatWasChangedOnDiskIsNoticed() throws Exception {
    Descriptor manifest = added("shop", "x");
    Files.writeString(store().blob(manifest.digest()), "{}");

    assertThatThrownBy(() -> store().images())
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("damaged");
  }
}
