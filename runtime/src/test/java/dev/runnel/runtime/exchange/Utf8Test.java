package dev.runnel.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "plain text of several words",
        "\u007f\u0080\u07ff\u0800\uffff",
        "é",
        "19.99 €, 20.99 €, 21.99 €",
        "\ud83d\ude00",
        "before \ud83d\ude00 after"
      })
  void encodesAsTheLibraryDoes(String text) {
    assertThat(Utf8.encode(text)).isEqualTo(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%tail", "head%", "a%b", "%%", "%\ud83d\ude00%"})
  void replacesWhatIsHalfAPair(String shape) {
    for (String half : new String[] {"\ud83d", "\ude00"}) {
      String text = shape.replace("%", half);
      String repaired = shape.replace("%", "\ufffd");

      assertThat(Utf8.encode(text)).isEqualTo(repaired.getBytes(UTF_8));
    }
  }

  @Test
  void replacesAPairTheWrongWayAround() {
    assertThat(Utf8.encode("\ude00\ud83d")).isEqualTo("\ufffd\ufffd".getBytes(UTF_8));
  }

  @Test
  void growsForTextThatTakesThreeTimesItsLength() {
    String text = "€".repeat(100_000);

    assertThat(Utf8.encode(text)).isEqualTo(text.getBytes(UTF_8));
  }

  @Test
  void encodesRandomTextAsTheLibraryDoes() {
    Random random = new Random(42);
    for (int round = 0; round < 2_000; round++) {
      String text = randomText(random, random.nextInt(200));

      assertThat(Utf8.encode(text)).isEqualTo(text.getBytes(UTF_8));
    }
  }

  private static String randomText(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int point =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x800);
            case 1 -> 0xe000 + random.nextInt(0x2000);
            case 2 -> 0x10000 + random.nextInt(0x100000);
            default -> random.nextInt(0x80);
          };
      text.appendCodePoint(point);
    }
    return text.toString();
  }
}
