package dev.runnel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLoopTest {
  private final EventLoop loop = new EventLoop(new TimerQueue(System::nanoTime));
  private final Recording guest = new Recording();

  @Test
  void endsWhenNothingKeepsTheProgramAlive() throws InterruptedException {
    loop.timers().once(1, Duration.ofMillis(1));

    loop.run(guest);

    assertThat(guest.heard).containsExactly("timer 1", "nothing left");
  }

  @Test
  void timersComeBeforePostedTasksAndThoseBeforeImmediates() throws InterruptedException {
    loop.addImmediate(5);
    loop.post(() -> guest.heard.add("posted"));
    loop.timers().once(1, Duration.ZERO);

    loop.run(guest);

    assertThat(guest.heard).containsExactly("timer 1", "posted", "immediate 5", "nothing left");
  }

  @Test
  void aCancelledImmediateNeverRuns() throws InterruptedException {
    loop.addImmediate(5);
    loop.addImmediate(6);
    loop.cancelImmediate(5);

    loop.run(guest);

    assertThat(guest.heard).containsExactly("immediate 6", "nothing left");
  }

  @Test
  void aHoldKeepsTheLoopWaitingForOtherThreads() throws InterruptedException {
    var waiting = new CountDownLatch(1);
    loop.hold();
    loop.post(waiting::countDown);
    var poster =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    waiting.await();
                    loop.post(loop::release);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    loop.run(guest);
    poster.join();

    assertThat(guest.heard).containsExactly("nothing left");
  }

  @Test
  void stoppingFromAnotherThreadEndsAWait() throws InterruptedException {
    loop.hold();
    Thread.ofVirtual().start(loop::stop);

    loop.run(guest);

    assertThat(guest.heard).isEmpty();
  }

  @Test
  void workThatNothingLeftStartsKeepsTheLoopGoing() throws InterruptedException {
    guest.whenNothingIsLeft = () -> loop.addImmediate(1);

    loop.run(guest);

    assertThat(guest.heard).containsExactly("nothing left", "immediate 1", "nothing left");
  }

  @Test
  void aClosedLoopRefusesTasksAndReturnsThoseThatCameTooLate() {
    loop.post(() -> {});

    assertThat(loop.close()).hasSize(1);
    assertThat(loop.post(() -> {})).isFalse();
  }

  @Test
  void tasksBehindOneThatEndsTheProgramAreNotLost() {
    loop.post(
        () -> {
          throw new IllegalStateException("lost");
        });
    loop.post(() -> guest.heard.add("behind"));

    assertThatThrownBy(() -> loop.run(guest)).hasMessage("lost");
    loop.post(() -> guest.heard.add("late"));
    loop.close().forEach(Runnable::run);

    assertThat(guest.heard).containsExactly("behind", "late");
  }

  private static final class Recording implements EventLoop.Guest {
    private final List<String> heard = new ArrayList<>();
    private Runnable whenNothingIsLeft = () -> {};

    @Override
    public void timer(int id) {
      heard.add("timer " + id);
    }

    @Override
    public void immediate(int id) {
      heard.add("immediate " + id);
    }

    @Override
    public void task(Runnable task) {
      task.run();
    }

    @Override
    public void nothingLeft() {
      heard.add("nothing left");
      whenNothingIsLeft.run();
      whenNothingIsLeft = () -> {};
    }
  }
}
