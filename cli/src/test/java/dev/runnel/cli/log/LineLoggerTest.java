package dev.runnel.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LineLoggerTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long nanos;
  private final LineLogger logger =
      new LineLogger(
          "dev.runnel.server.HttpExchange",
          Level.WARN,
          new LogRate(1_000, () -> nanos),
          new PrintStream(written, true, StandardCharsets.UTF_8));

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRecordIsOneLineWhateverIsInIt() {
    logger.warn("{} failed: {}", "GET /\n2026 warn forged", "\u001b[31mred");

    assertThat(text())
        .matches(
            "\\S+Z warn HttpExchange: GET /\\\\n2026 warn forged failed: \\\\u001b\\[31mred\\R");
  }

  @Test
  void aThrowableComesWithItsCausesOnTheSameLine() {
    logger.error("It broke.", new IllegalStateException("outer", new RuntimeException("in\nner")));

    assertThat(text().lines()).hasSize(1);
    assertThat(text())
        .contains("It broke. | java.lang.IllegalStateException: outer | at dev.runnel")
        .contains(" | java.lang.RuntimeException: in\\nner | at ");
  }

  @Test
  void aFloodIsCutAndSaysHowMuchWasLeftOut() {
    for (int i = 0; i < 1_000; i++) {
      logger.warn("It broke.");
    }
    long kept = text().lines().count();
    assertThat(kept).as("two seconds' worth").isBetween(20L, 60L);

    nanos += 1_000_000_000;
    logger.warn("It broke again.");

    assertThat(text().lines().skip(kept))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .endsWith(
                        " warn HttpExchange: %d records were left out here: too many came at once."
                            .formatted(1_000 - kept)),
            line -> assertThat(line).endsWith("It broke again."));
  }

  @Test
  void recordsBelowTheLevelAreLeftOut() {
    logger.info("quiet");

    assertThat(text()).isEmpty();
  }
}
