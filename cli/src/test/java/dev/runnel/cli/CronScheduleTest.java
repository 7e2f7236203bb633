package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CronScheduleTest {
  /** A Saturday. */
  private static final Instant START = Instant.parse("2026-01-31T12:34:56Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *       | 2026-01-31T12:35:00Z",
        "*/5 * * * *     | 2026-01-31T12:35:00Z",
        "0 */6 * * *     | 2026-01-31T18:00:00Z",
        "30 9 1 * *      | 2026-02-01T09:30:00Z",
        "0 0 29 2 *      | 2028-02-29T00:00:00Z",
        "0 0 L * *       | 2026-02-28T00:00:00Z",
        "0 12 * * 1      | 2026-02-01T12:00:00Z",
        "0 12 * * SUN    | 2026-02-01T12:00:00Z",
        "0 12 * * MON-FRI | 2026-02-02T12:00:00Z",
        "0 12 * * 7      | 2026-02-07T12:00:00Z",
        "0 0 * MAR MON#2 | 2026-03-09T00:00:00Z",
      })
  void isDueInUtcWithSundayAsTheFirstDay(String schedule, Instant next) {
    assertThat(CronSchedule.of(schedule).next(START)).contains(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "* * * * 0",
        "a b c d e",
        "0 0 31 2 *",
        "@daily"
      })
  void whatIsNoScheduleOrNeverDueIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronSchedule.of(text))
        .withMessageContaining("\"" + text + "\" is not a schedule");
  }

  @Test
  void theClockSaysEachTimeOnceUntilItIsClosed() throws Exception {
    var clock =
        new Object() {
          private Instant now = START;
        };
    InstantSource source = () -> clock.now;
    BlockingQueue<Instant> due = new LinkedBlockingQueue<>(2);
    var followers = new LinkedBlockingQueue<Thread>();
    var schedules = List.of(CronSchedule.of("*/10 * * * *"));
    try (var _ =
        new CronClock(
            schedules,
            source,
            time -> {
              clock.now = time;
              followers.add(Thread.currentThread());
            },
            (_, time) -> {
              try {
                due.put(time);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("2026-01-31T12:40:00Z");
      assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("2026-01-31T12:50:00Z");
      assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("2026-01-31T13:00:00Z");
    }
    assertThat(followers.take().join(Duration.ofSeconds(60))).isTrue();
  }
}
