package dev.runnel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Idling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class InboxTest {
  private final Inbox inbox = new Inbox(Idling.PARKED);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasks_come_in_the_order_in_which_they_were_posted() {
    post("one");
    post("two");
    post("three");

    runAll();
    runAll();

    assertThat(ran).containsExactly("one", "two", "three");
  }

  @Test
  void a_closed_inbox_hands_over_what_waits_and_refuses_what_comes() {
    post("early");

    Queue<Runnable> late = new ArrayDeque<>();
    inbox.closeTo(late);

    late.forEach(Runnable::run);
    assertThat(ran).containsExactly("early");
    assertThat(inbox.post(() -> {})).isFalse();
    runAll();
    assertThat(ran).containsExactly("early");
  }

  @Test
  void no_task_of_many_threads_is_lost_or_overtaken() throws InterruptedException {
    int each = 10_000;
    List<List<Integer>> seen = List.of(new ArrayList<>(), new ArrayList<>());
    List<Thread> posters = new ArrayList<>();
    for (List<Integer> own : seen) {
      posters.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      int number = i;
                      inbox.post(() -> own.add(number));
                    }
                  }));
    }

    while (seen.getFirst().size() < each || seen.getLast().size() < each) {
      inbox.await(Optional.empty());
      runAll();
    }

    assertThat(seen.getFirst()).isSorted().hasSize(each);
    assertThat(seen.getLast()).isSorted().hasSize(each);
    for (Thread poster : posters) {
      poster.join();
    }
  }

  @Test
  void a_wait_ends_when_its_time_is_over_or_somebody_wakes_it() throws InterruptedException {
    inbox.await(Optional.of(Duration.ofMillis(1)));
    Thread.ofPlatform().start(inbox::wake);
    inbox.await(Optional.empty());

    runAll();
    assertThat(ran).isEmpty();
  }

  private void runAll() {
    Queue<Runnable> taken = new ArrayDeque<>();
    inbox.moveTo(taken);
    taken.forEach(Runnable::run);
  }

  private void post(String name) {
    inbox.post(() -> ran.add(name));
  }
}
