package dev.runnel.cli;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A schedule of five fields: minute, hour, day of the month, month, day of the week, in UTC. As
 * Cloudflare has it, Sunday is 1, names such as {@code MON} are understood, and so are {@code L},
 * {@code W} and {@code #}. https://developers.cloudflare.com/workers/configuration/cron-triggers/
 */
final class CronSchedule {
  private static final int MONDAY = 2;
  private static final CronDefinition SHAPE =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .supportsL()
          .supportsW()
          .supportsLW()
          .withStrictRange()
          .and()
          .withMonth()
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(1, 7)
          .withMondayDoWValue(MONDAY)
          .supportsHash()
          .supportsL()
          .withStrictRange()
          .and()
          .instance();

  private final String text;
  private final ExecutionTime times;

  private CronSchedule(String text, ExecutionTime times) {
    this.text = text;
    this.times = times;
  }

  /**
   * @throws IllegalArgumentException when it is no schedule, or one that is never due
   */
  static CronSchedule of(String text) {
    try {
      var times = ExecutionTime.forCron(new CronParser(SHAPE).parse(text).validate());
      var schedule = new CronSchedule(text, times);
      if (schedule.next(Instant.now()).isPresent()) {
        return schedule;
      }
    } catch (IllegalArgumentException e) {
      // The library's sentences name its own classes.
    }
    throw new IllegalArgumentException(
        "\"%s\" is not a schedule; write it like \"*/5 * * * *\".".formatted(text));
  }

  /** The first time after that one. */
  Optional<Instant> next(Instant after) {
    return times
        .nextExecution(after.atZone(ZoneOffset.UTC))
        .map(java.time.ZonedDateTime::toInstant);
  }

  /** As it was written, which is how the program knows it. */
  @Override
  public String toString() {
    return text;
  }
}
