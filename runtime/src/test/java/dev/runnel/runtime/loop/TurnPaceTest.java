package dev.runnel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnPaceTest {
  private static final int MANY = 200;

  private long now;
  private final TurnPace pace = new TurnPace(() -> now);

  private boolean sendsAfter(long microseconds, boolean anotherIsDue) {
    pace.turnBegins();
    now += TimeUnit.MICROSECONDS.toNanos(microseconds);
    return pace.sendsNow(anotherIsDue);
  }

  private void manyShortTurns() {
    for (int i = 0; i < MANY; i++) {
      sendsAfter(5, false);
    }
  }

  @Test
  void theFirstTurnsSendWhatTheyWrote() {
    assertThat(sendsAfter(5, true)).isTrue();
  }

  @Test
  void aShortTurnWaitsForOneThatIsDueAndTheLastOneForNone() {
    manyShortTurns();

    assertThat(sendsAfter(5, true)).isFalse();
    assertThat(sendsAfter(5, true)).isFalse();
    assertThat(sendsAfter(5, false)).isTrue();
  }

  @Test
  void aLongTurnEndsThatForAWhile() {
    manyShortTurns();

    assertThat(sendsAfter(1000, true)).isTrue();
    assertThat(sendsAfter(5, true)).isTrue();
    manyShortTurns();
    assertThat(sendsAfter(5, true)).isFalse();
  }

  @Test
  void nothingWaitsForLongBehindShortTurnsWithoutEnd() {
    manyShortTurns();
    long waitsSince = now + TimeUnit.MICROSECONDS.toNanos(5);
    while (!sendsAfter(5, true)) {
      assertThat(now - waitsSince).isLessThan(TimeUnit.MICROSECONDS.toNanos(100));
    }

    assertThat(now - waitsSince).isEqualTo(TimeUnit.MICROSECONDS.toNanos(100));
    assertThat(sendsAfter(5, true)).isFalse();
  }
}
