package dev.runnel.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.host.web.url.Urls;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTargetTest {
  private static final String HOST = "http://app.example:8080";

  /** What matters to a URL parser, often enough to meet each other. */
  private static final String LETTERS =
      "//////......%%2eE\\\\??##&=a~Z_-+@:;!$*'()[]{}|^`\"<> \t\né\u0000\u007f";

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/page?seed=abc&n=1", "/a/b.c/~d/", "/assets/index-4f.js", "//x", "/a:b@c"})
  void what_browsers_ask_for_is_plain(String target) {
    assertThat(PlainTarget.isIn(HOST + target)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a/../b", "/./a", "/%2e/a", "/a b", "/a\\b", "/é", "/#a", "/?'"})
  void what_a_parser_may_change_is_not(String target) {
    assertThat(PlainTarget.isIn(HOST + target)).isFalse();
  }

  @Test
  void a_plain_target_is_what_the_parser_makes_of_it() {
    var random = new Random(20_261_121);
    int plain = 0;
    for (int i = 0; i < 200_000; i++) {
      var url = new StringBuilder(HOST).append('/');
      for (int length = random.nextInt(8); length > 0; length--) {
        url.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      if (PlainTarget.isIn(url.toString())) {
        plain++;
        assertThat(parsed(url.toString())).isEqualTo(url.toString());
      }
    }
    assertThat(plain).isGreaterThan(1_000);
  }

  private static String parsed(String url) {
    return Urls.parse(url).orElseThrow();
  }
}
