package dev.runnel.cli;

import dev.runnel.runtime.limit.RequestLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What one request may take. */
final class LimitFlags {
  @Option(
      names = "--wall-time",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      description =
          "How long a request may take, to the last byte of its answer: 504 (default: no limit).")
  private @Nullable Duration wallTime;

  @Option(
      names = "--body",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      description = "How large a request's body may be: 413 (default: no limit).")
  private @Nullable Long body;

  @Option(
      names = "--response",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      description = "How large a response's body may be; it is cut off (default: no limit).")
  private @Nullable Long response;

  @Option(
      names = "--rate",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      description =
          "How many bytes a second a client has to send of a body, and take of an answer, from 20 s"
              + " of waiting on: 408, or cut off (default: no limit).")
  private @Nullable Long rate;

  RequestLimits requests() {
    RequestLimits limits = RequestLimits.NONE;
    if (wallTime != null) {
      limits = limits.withWall(wallTime);
    }
    if (body != null) {
      limits = limits.withBodyBytes(body);
    }
    if (response != null) {
      limits = limits.withResponseBytes(response);
    }
    return rate == null ? limits : limits.withRate(rate, limits.grace());
  }
}
