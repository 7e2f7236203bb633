package dev.runnel.cli;

import dev.runnel.cli.OptionValues.Range;
import dev.runnel.runtime.worker.PoolOptions;
import dev.runnel.runtime.worker.PoolOptions.Admission;
import dev.runnel.runtime.worker.PoolOptions.Isolation;
import dev.runnel.runtime.worker.PoolOptions.Scaling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many isolates run a program, and which requests wait for them. */
final class PoolFlags {
  /** With an isolate for each request: two that wait, and up to 64 that answer. */
  private static final Range ONE_REQUEST_EACH = new Range(2, 64);

  private static final Admission USUAL = PoolOptions.DEFAULT.admission();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--isolates",
      paramLabel = "N|MIN-MAX",
      converter = OptionValues.Isolates.class,
      description =
          "How many isolates run the program and share its ports; from MIN to MAX, as requests have"
              + " to wait for them (default: 1).")
  private @Nullable Range isolates;

  @Option(
      names = "--isolation",
      paramLabel = "isolate|request",
      converter = OptionValues.IsolationWord.class,
      description = {
        "request: each request gets an isolate of its own, which starts from the program as it is",
        "after its first evaluation; MIN of --isolates wait for requests, MAX answer at once",
        "(default there: 2-64)."
      })
  private Isolation isolation = Isolation.ISOLATE;

  @Option(
      names = "--spares",
      paramLabel = "N",
      description =
          "How many more isolates are kept ready to take the place of one that is lost (default: 0).")
  private int spares;

  @Option(
      names = "--replace-at",
      paramLabel = "PERCENT",
      description =
          "An isolate whose live values take more of its memory is replaced when its requests have"
              + " ended (default: 90; 100 for never).")
  private int replaceAt = PoolOptions.DEFAULT.memoryPercent();

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "How many requests may be in flight at once (default: 10000).")
  private int requests = USUAL.requests();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "How many more may wait for their turn; others get a 503 (default: 1000).")
  private int queue = USUAL.queue();

  @Option(
      names = "--queue-wait",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      description = "How long each of those may, before it gets a 503 (default: 10s).")
  private Duration queueWait = USUAL.patience();

  PoolOptions options() {
    Range range =
        isolates != null
            ? isolates
            : isolation == Isolation.REQUEST ? ONE_REQUEST_EACH : new Range(1, 1);
    try {
      return PoolOptions.DEFAULT
          .withIsolation(isolation)
          .withScaling(Scaling.between(range.least(), range.most()).withSpares(spares))
          .withAdmission(new Admission(requests, queue, queueWait))
          .withMemoryPercent(replaceAt);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
