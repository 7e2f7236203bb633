package dev.runnel.image.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final Descriptor CONFIG = Descriptor.of(MediaTypes.CONFIG, new byte[] {1});
  private static final Descriptor LAYER = Descriptor.of(MediaTypes.LAYER, new byte[] {2});

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Manifest manifest =
        new Manifest(
            Optional.of("a/b"),
            CONFIG,
            List.of(LAYER),
            Optional.of(LAYER),
            Map.of("b", "<&>", "a", "1"));

    assertThat(Manifest.parse(manifest.bytes())).isEqualTo(manifest);
    assertThat(new String(manifest.bytes(), UTF_8)).contains("{\"a\":\"1\",\"b\":\"<&>\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"schemaVersion\":1}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":2,\"config\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"md5:0\",\"size\":1}}",
        "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:0\",\"size\":1}}",
        "{\"schemaVersion\":2,\"config\":{\"mediaType\":7}}",
        "{\"schemaVersion\":2e99}",
      })
  void whatIsNoManifestIsOneSentence(String text) {
    assertThatThrownBy(() -> Manifest.parse(text.getBytes(UTF_8)))
        .isInstanceOf(ImageException.class)
        .hasMessageEndingWith(".");
  }

  @Test
  void sizesAreWholeAndNotNegative() {
    String digest = "sha256:" + "0".repeat(64);
    for (String size : List.of("-1", "1.5", "1e400", "\"1\"", "null")) {
      String text =
          "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"%s\",\"size\":%s}}"
              .formatted(digest, size);
      assertThatThrownBy(() -> Manifest.parse(text.getBytes(UTF_8)))
          .isInstanceOf(ImageException.class);
    }
  }
}
