package dev.runnel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
  private long now;
  private final TimerQueue timers = new TimerQueue(() -> now);

  @Test
  void equalDeadlinesFireInTheOrderOfScheduling() {
    timers.once(7, Duration.ofMillis(5));
    timers.once(3, Duration.ofMillis(5));

    advance(Duration.ofMillis(5));

    assertThat(due()).containsExactly(7, 3);
  }

  @Test
  void aTimerScheduledWhileOthersFireWaitsForTheNextRound() {
    timers.once(1, Duration.ofMillis(1));
    advance(Duration.ofMillis(1));
    long mark = timers.mark();

    timers.once(2, Duration.ZERO);

    assertThat(timers.nextDue(mark)).hasValue(1);
    assertThat(timers.nextDue(mark)).isEmpty();
    assertThat(due()).containsExactly(2);
  }

  @Test
  void aRepeatingTimerFiresOncePerRoundUntilItIsCancelled() {
    timers.every(1, Duration.ofMillis(2));

    advance(Duration.ofMillis(2));
    assertThat(due()).containsExactly(1);
    advance(Duration.ofMillis(2));
    assertThat(due()).containsExactly(1);
    timers.cancel(1);
    advance(Duration.ofMillis(2));

    assertThat(due()).isEmpty();
    assertThat(timers.untilNext()).isEmpty();
  }

  @Test
  void anUnreferencedTimerDoesNotKeepTheProgramAlive() {
    timers.once(1, Duration.ofMillis(1));
    timers.reference(1, false);

    assertThat(timers.keepsProgramAlive()).isFalse();
    timers.reference(1, true);
    assertThat(timers.keepsProgramAlive()).isTrue();
  }

  @Test
  void unreferencingATimerThatIsGoneChangesNothing() {
    timers.once(1, Duration.ofMillis(1));

    timers.reference(99, false);

    assertThat(timers.keepsProgramAlive()).isTrue();
  }

  @Test
  void schedulingAnIdAgainReplacesItsDeadline() {
    timers.once(1, Duration.ofMillis(1));
    timers.once(1, Duration.ofMillis(10));

    advance(Duration.ofMillis(5));

    assertThat(due()).isEmpty();
    assertThat(timers.size()).isEqualTo(1);
  }

  private List<Integer> due() {
    List<Integer> ids = new ArrayList<>();
    long mark = timers.mark();
    for (var id = timers.nextDue(mark); id.isPresent(); id = timers.nextDue(mark)) {
      ids.add(id.getAsInt());
    }
    return ids;
  }

  private void advance(Duration step) {
    now += step.toNanos();
  }
}
