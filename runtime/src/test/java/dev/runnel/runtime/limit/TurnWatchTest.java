package dev.runnel.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.Interruption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnWatchTest {
  @Test
  void whatOtherThreadsDoForATurnCountsAsItsProcessorTime() throws Exception {
    var limits = new TurnLimits(Optional.of(Duration.ofMinutes(1)), Optional.empty());
    var interrupted = new CompletableFuture<Interruption>();
    var asked = new AtomicInteger();

    try (var watched =
        TurnWatch.start(
            limits,
            () -> Charge.NOBODY,
            interrupted::complete,
            () -> asked.getAndIncrement() == 0 ? 0 : Duration.ofMinutes(2).toNanos())) {
      watched.turnBegins();

      assertThat(interrupted.get(1, TimeUnit.MINUTES).limit()).isEqualTo("cpu-time");
    }
  }
}
