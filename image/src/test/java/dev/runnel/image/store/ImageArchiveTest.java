package dev.runnel.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.image.layer.TarEntry;
import dev.runnel.image.layer.TarWriter;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Index;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
  @TempDir private Path temp = Path.of("");

  private ImageStore store(String name) {
    return ImageStore.at(temp.resolve(name));
  }

  private ImageStore storeWithImage() throws Exception {
    ImageStore store = store("from");
    try (Staging staging = store.stage()) {
      Manifest manifest =
          Manifest.image(
              staging.add("application/x-config", "{}".getBytes(UTF_8)),
              List.of(staging.add(MediaTypes.LAYER, "layer".getBytes(UTF_8))),
              Map.of());
      staging.manifest(ImageName.parse("shop:1"), manifest);
      staging.commit();
    }
    return store;
  }

  private Path saved() throws Exception {
    ImageStore from = storeWithImage();
    Path file = temp.resolve("shop.tar");
    new ImageArchive(from).save(from.image(ImageName.parse("shop:1")), file);
    return file;
  }

  private List<ImageName> load(Path file) throws IOException, ImageException {
    return new ImageArchive(store("to")).load(file, Optional.empty());
  }

  @Test
  void whatWasSavedIsLoaded() throws Exception {
    Path file = saved();

    assertThat(load(file)).containsExactly(ImageName.parse("shop:1"));

    assertThat(store("to").image(ImageName.parse("shop:1")))
        .isEqualTo(store("from").image(ImageName.parse("shop:1")));
  }

  @Test
  void aFileThatIsCutOffLeavesNothing() throws Exception {
    byte[] whole = Files.readAllBytes(saved());
    Path cut = temp.resolve("cut.tar");
    for (int length = 0; length < whole.length - 1024; length += 700) {
      Files.write(cut, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> load(cut)).isInstanceOf(ImageException.class);
      assertThat(store("to").images()).isEmpty();
    }
  }

  @Test
  void contentThatIsNotWhatItsNameSaysIsRefused() throws Exception {
    Path file = archive(Map.of("blobs/sha256/" + "0".repeat(64), "other"), new Index(List.of()));

    assertThatThrownBy(() -> load(file)).hasMessageContaining("The content named sha256:0000");
  }

  @Test
  void aNameThatLeadsElsewhereIsRefused() throws Exception {
    Path file = archive(Map.of("blobs/sha256/../../../x", "other"), new Index(List.of()));

    assertThatThrownBy(() -> load(file)).isInstanceOf(ImageException.class);
    assertThat(temp.resolve("x")).doesNotExist();
  }

  @Test
  void aManifestThatIsNotInTheFileIsRefused() throws Exception {
    Descriptor missing = Descriptor.of(MediaTypes.MANIFEST, new byte[] {1}).named("a:b");
    Path file = archive(Map.of(), new Index(List.of(missing)));

    assertThatThrownBy(() -> load(file)).hasMessageContaining("has no manifest");
  }

  @Test
  void contentOfAnotherSizeThanTheManifestSaysIsRefused() throws Exception {
    byte[] content = "layer".getBytes(UTF_8);
    var wrong = new Descriptor(MediaTypes.LAYER, Digest.of(content), 99);
    Manifest manifest = Manifest.image(wrong, List.of(), Map.of());
    Descriptor described = Descriptor.of(MediaTypes.MANIFEST, manifest.bytes());
    Path file =
        archive(
            Map.of(
                "blobs/sha256/" + described.digest().hex(),
                new String(manifest.bytes(), UTF_8),
                "blobs/sha256/" + wrong.digest().hex(),
                "layer"),
            new Index(List.of(described.named("a:b"))));

    assertThatThrownBy(() -> load(file)).hasMessageContaining("has 5 bytes");
  }

  @Test
  void aFileOfAnotherFormatIsNamed() throws Exception {
    Path file = temp.resolve("docker.tar");
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      tar.file(TarEntry.file("manifest.json", 2, 0644), "[]".getBytes(UTF_8));
      tar.finish();
    }

    assertThatThrownBy(() -> load(file)).hasMessageContaining("no OCI archive");
  }

  private Path archive(Map<String, String> files, Index index) throws IOException {
    Path file = temp.resolve("made.tar");
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : new TreeMap<>(files).entrySet()) {
        byte[] bytes = entry.getValue().getBytes(UTF_8);
        tar.file(TarEntry.file(entry.getKey(), bytes.length, 0644), bytes);
      }
      tar.file(TarEntry.file("index.json", index.bytes().length, 0644), index.bytes());
      tar.finish();
    }
    return file;
  }
}
