package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of what an app writes. */
class AppOutputTest {
  private final List<String> lines = new ArrayList<>();
  private long nanos;
  private final AppOutput output = new AppOutput("shop", 100, () -> nanos, lines::add);

  @Test
  void eachLineSaysWhoseItIsAndSteersNoTerminal() throws Exception {
    output.write("one\ntw".getBytes(UTF_8));
    output.write("o\u001b[31m\r\n".getBytes(UTF_8));

    assertThat(lines).containsExactly("shop | one", "shop | two\\u001b[31m\\r");
  }

  @Test
  void aFloodIsCutAndSaysHowMuchWasLeftOut() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      output.write("123456789\n".getBytes(UTF_8));
    }
    assertThat(lines).hasSize(20);

    nanos += 1_000_000_000;
    output.write("again\n".getBytes(UTF_8));
    assertThat(lines.subList(20, 22))
        .containsExactly("shop | 980 lines were left out (log-rate).", "shop | again");
  }

  @Test
  void aFloodInSmallStepsOfTimeStillGetsItsShare() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      nanos += 1_000_000;
      output.write("123456789\n".getBytes(UTF_8));
    }

    assertThat(lines.stream().filter(line -> line.endsWith("123456789")).count())
        .as("ten seconds at ten lines each, and the twenty at once")
        .isBetween(110L, 121L);
  }

  @Test
  void aLineWithoutEndIsCut() throws Exception {
    var wide = new AppOutput("shop", 1 << 20, () -> nanos, lines::add);
    wide.write(new byte[40_000], 0, 40_000);

    assertThat(lines).hasSize(2);
  }
}
