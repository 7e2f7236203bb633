package dev.runnel.image.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

  @ParameterizedTest
  @CsvSource({
    "shop, '', shop, latest",
    "shop:1.2, '', shop, 1.2",
    "team/shop:1.2, '', team/shop, 1.2",
    "localhost/shop, localhost, shop, latest",
    "127.0.0.1:5000/team/shop:a, 127.0.0.1:5000, team/shop, a",
    "registry.example/shop, registry.example, shop, latest",
    "'[::1]:5000/shop:b', '[::1]:5000', shop, b",
  })
  void aNameHasARegistryAPathAndATag(String text, String registry, String path, String tag)
      throws Exception {
    ImageName name = ImageName.parse(text);

    assertThat(name.registry().orElse("")).isEqualTo(registry);
    assertThat(name.path()).isEqualTo(path);
    assertThat(name.reference()).isEqualTo(tag);
  }

  @Test
  void aNameMayHaveADigestForItsTag() throws Exception {
    String text = "registry.example/shop@sha256:" + "a".repeat(64);

    assertThat(ImageName.parse(text).isByDigest()).isTrue();
    assertThat(ImageName.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Shop",
        "shop:",
        "shop:a b",
        "/shop",
        "shop/",
        "a//b",
        "../shop",
        "a/../b",
        "shop@x",
        "shop@sha256:12",
        "-a",
        "a..b",
        "x/y:.tag",
        "registry.example:x/shop",
        "a\nb"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> ImageName.parse(text)).isInstanceOf(ImageException.class);
  }
}
