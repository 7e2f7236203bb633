package dev.runnel.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
  @TempDir private Path temp = Path.of("");

  private Path folder() throws IOException {
    return Files.createDirectories(temp.resolve("a").resolve("root"));
  }

  private void unpack(byte[] tar) throws IOException, ImageException {
    unpack(packed(tar), Digest.of(tar), Unpacking.Bounds.DEFAULT);
  }

  private void unpack(byte[] gzip, Digest digest, Unpacking.Bounds bounds)
      throws IOException, ImageException {
    new Unpacking(folder(), bounds).unpack(new ByteArrayInputStream(gzip), gzip.length, digest);
  }

  private static byte[] packed(byte[] tar) throws IOException {
    var gzip = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzip)) {
      out.write(tar);
    }
    return gzip.toByteArray();
  }

  private interface Entries {
    void writeTo(TarWriter tar) throws IOException;
  }

  private static byte[] tar(Entries entries) throws IOException {
    var out = new ByteArrayOutputStream();
    var tar = new TarWriter(out);
    entries.writeTo(tar);
    tar.finish();
    return out.toByteArray();
  }

  private static byte[] fileCalled(String name) throws IOException {
    return tar(tar -> tar.file(TarEntry.file(name, 1, 0644), new byte[] {1}));
  }

  @Test
  void aLayerOfOursComesOutAsItWentIn() throws Exception {
    var layer = new ByteArrayOutputStream();
    Digest unpacked =
        Layers.write(
            new LayerFiles().file("main.js", "1".getBytes(UTF_8)).file("a/b", new byte[0]), layer);

    unpack(layer.toByteArray(), unpacked, Unpacking.Bounds.DEFAULT);

    assertThat(folder().resolve("main.js")).hasContent("1");
    assertThat(folder().resolve("a/b")).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/x",
        "a/../../x",
        "..",
        "a/..",
        "a\\..\\x",
        "a/.wh.b",
        ".wh..wh..opq",
        "./../x"
      })
  void aNameThatLeadsOutIsRefused(String name) throws Exception {
    assertThatThrownBy(() -> unpack(fileCalled(name)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("leads out");
    assertThat(temp.resolve("a/x")).doesNotExist();
    assertThat(temp.resolve("x")).doesNotExist();
  }

  @Test
  void aLinkOutOfTheRootIsRefusedBeforeAnythingGoesThroughIt() throws Exception {
    byte[] tar =
        tar(
            out -> {
              out.entry(TarEntry.symbolicLink("out", ".."));
              out.file(TarEntry.file("out/x", 1, 0644), new byte[] {1});
            });

    assertThatThrownBy(() -> unpack(tar)).hasMessageContaining("has a link, \"out\" to \"..\"");
    assertThat(temp.resolve("a/x")).doesNotExist();
  }

  @Test
  void hardLinksAndDevicesAreRefused() throws Exception {
    for (TarEntry.Kind kind : new TarEntry.Kind[] {TarEntry.Kind.HARD_LINK, TarEntry.Kind.OTHER}) {
      byte[] tar = tar(out -> out.entry(new TarEntry(kind, "x", 0, 0644, "/etc/passwd")));
      assertThatThrownBy(() -> unpack(tar)).isInstanceOf(ImageException.class);
    }
  }

  @Test
  void aNameThatComesTwiceIsRefused() throws Exception {
    byte[] tar =
        tar(
            out -> {
              out.file(TarEntry.file("x", 1, 0644), new byte[] {1});
              out.file(TarEntry.file("x", 1, 0644), new byte[] {2});
            });

    assertThatThrownBy(() -> unpack(tar)).hasMessageContaining("\"x\" twice");
  }

  @Test
  void aTruncatedLayerIsOneSentence() throws Exception {
    byte[] tar = fileCalled("x");
    byte[] gzip = packed(tar);
    for (int length = 0; length < gzip.length; length += 7) {
      byte[] cut = Arrays.copyOf(gzip, length);
      Files.deleteIfExists(folder().resolve("x"));
      assertThatThrownBy(() -> unpack(cut, Digest.of(tar), Unpacking.Bounds.DEFAULT))
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("truncated or damaged");
    }
  }

  @Test
  void whatIsNoTarIsOneSentence() {
    byte[] noise = "This is no tar file. ".repeat(100).getBytes(UTF_8);

    assertThatThrownBy(() -> unpack(noise))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no tar file");
  }

  @Test
  void anotherContentThanTheConfigurationSaysIsRefused() throws Exception {
    byte[] gzip = packed(fileCalled("x"));

    assertThatThrownBy(() -> unpack(gzip, Digest.of(new byte[0]), Unpacking.Bounds.DEFAULT))
        .hasMessageContaining("the configuration says");
  }

  @Test
  void aLayerThatUnpacksToTooMuchIsEnded() throws Exception {
    byte[] tar = tar(out -> out.file(TarEntry.file("x", 1 << 20, 0644), new byte[1 << 20]));
    var bounds = new Unpacking.Bounds(1 << 19, 100, 250);

    assertThatThrownBy(() -> unpack(packed(tar), Digest.of(tar), bounds))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("unpacks to more than 524288 bytes");
  }

  @Test
  void aBombIsEndedByItsRatio() throws Exception {
    var gzip = new ByteArrayOutputStream();
    try (var out = new TarWriter(new GZIPOutputStream(gzip))) {
      out.file(TarEntry.file("x", 200L << 20, 0644), zeros(200L << 20));
      out.finish();
    }

    assertThatThrownBy(
            () -> unpack(gzip.toByteArray(), Digest.of(new byte[0]), Unpacking.Bounds.DEFAULT))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("250 times");
  }

  private static InputStream zeros(long count) {
    return new InputStream() {
      private long left = count;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        if (left == 0) {
          return -1;
        }
        int read = (int) Math.min(left, length);
        Arrays.fill(bytes, offset, offset + read, (byte) 0);
        left -= read;
        return read;
      }
    };
  }
}
