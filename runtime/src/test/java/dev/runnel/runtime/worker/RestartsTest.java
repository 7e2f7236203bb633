package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final Duration SHORT = Duration.ofMillis(999);

  private final Restarts restarts = new Restarts();

  @Test
  void anIsolateThatServedForASecondHasASuccessorAtOnce() {
    assertThat(restarts.afterLoss(LONG)).isZero();
  }

  @Test
  void pausesGrowWhileIsolatesEndSoon() {
    assertThat(restarts.afterLoss(SHORT)).isEqualTo(Duration.ofMillis(50));
    assertThat(restarts.afterLoss(SHORT)).isEqualTo(Duration.ofMillis(100));
    for (int i = 0; i < 10; i++) {
      restarts.afterLoss(SHORT);
    }
    assertThat(restarts.afterLoss(SHORT)).isEqualTo(Duration.ofSeconds(5));
    assertThat(restarts.afterLoss(LONG)).isZero();
  }

  @Test
  void fiveStartsInVainInARowAreTheLast() {
    for (int i = 1; i < Restarts.TRIES; i++) {
      assertThat(restarts.afterFailedStart()).isPresent();
    }
    assertThat(restarts.afterFailedStart()).isEmpty();
  }

  @Test
  void anIsolateThatGotReadyMakesUpForThoseThatDidNot() {
    for (int i = 1; i < Restarts.TRIES; i++) {
      restarts.afterFailedStart();
    }
    restarts.afterLoss(SHORT);

    assertThat(restarts.afterFailedStart()).isPresent();
  }
}
