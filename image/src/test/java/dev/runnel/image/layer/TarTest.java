package dev.runnel.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TarTest {
  private static final String LONG = "folder/".repeat(40) + "ö.js";

  private static byte[] written() throws IOException {
    var out = new ByteArrayOutputStream();
    new LayerFiles()
        .file("b.txt", "two".getBytes(UTF_8))
        .file(LONG, "long".getBytes(UTF_8))
        .link("link", "b.txt")
        .writeTo(new TarWriter(out));
    return out.toByteArray();
  }

  private static TarReader read(byte[] tar) {
    return new TarReader(new ByteArrayInputStream(tar), 1_000);
  }

  @Test
  void whatIsWrittenIsReadInTheOrderOfNames() throws Exception {
    TarReader tar = read(written());

    assertThat(tar.next()).contains(TarEntry.file("b.txt", 3, 0644));
    assertThat(tar.content().readAllBytes()).asString().isEqualTo("two");
    for (int i = 0; i < 40; i++) {
      assertThat(tar.next()).contains(TarEntry.folder("folder/".repeat(i + 1), 0755));
    }
    assertThat(tar.next()).contains(TarEntry.file(LONG, 4, 0644));
    assertThat(tar.content().readAllBytes()).asString().isEqualTo("long");
    assertThat(tar.next()).contains(TarEntry.symbolicLink("link", "b.txt"));
    assertThat(tar.next()).isEmpty();
  }

  @Test
  void aFileThatIsCutOffIsAnError() throws Exception {
    byte[] whole = written();
    for (int length : new int[] {0, 100, 512, 513, 1024, whole.length - 1024}) {
      assertThatThrownBy(() -> drain(read(Arrays.copyOf(whole, length))))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aChangedHeaderIsAnError() throws Exception {
    byte[] tar = written();
    tar[3] ^= 1;

    assertThatThrownBy(() -> read(tar).next()).hasMessageContaining("checksum");
  }

  @Test
  void tooManyEntriesAreAnError() throws Exception {
    TarReader tar = new TarReader(new ByteArrayInputStream(written()), 10);

    assertThatThrownBy(() -> drain(tar)).hasMessageContaining("more than 10 entries");
  }

  private static void drain(TarReader tar) throws IOException {
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      tar.content().readAllBytes();
    }
  }
}
