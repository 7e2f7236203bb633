package dev.runnel.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ExchangesTest {
  private final EventLoop loop = new EventLoop(new TimerQueue(System::nanoTime));
  private final Exchanges exchanges =
      new Exchanges(loop, (_, _) -> {}, new Exchanges.Limits(10, 1 << 20), Exchanges.Observer.NONE);
  private final List<RecordedAnswer> answers = new ArrayList<>();

  /** Requests 1, 2 and 3 are open. */
  @BeforeEach
  void open() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      var answer = new RecordedAnswer();
      var from = WorkerRequest.Connection.NONE;
      exchanges.open(0, new WorkerRequest("GET", "http://a/", List.of(), answer, from), answer);
      answers.add(answer);
    }
    loop.post(loop::stop);
    loop.run(new Tasks());
  }

  private void answer(int id) {
    exchanges.head(id, new ResponseHead(200, "", List.of()));
    exchanges.write(id, ByteBuffer.wrap("answer".getBytes(UTF_8)));
    exchanges.end(id);
  }

  @Test
  void whatATurnKeepsLeavesWithTheNextOnes() {
    answer(1);
    exchanges.keep();
    answer(2);
    assertThat(answers.getFirst().heard()).isEmpty();

    exchanges.flush();

    assertThat(answers.getFirst().heard()).startsWith("head 200", "answer", "end");
    assertThat(answers.get(1).heard()).startsWith("head 200", "answer", "end");
    assertThat(answers.getLast().heard()).isEmpty();
  }

  @Test
  void anIsolateThatIsLostTakesNothingFromTheTurnsBeforeIt() {
    answer(1);
    exchanges.keep();
    answer(2);

    exchanges.failAll(new GuestEnd.Closed());

    assertThat(answers.getFirst().heard()).startsWith("head 200", "answer", "end");
    assertThat(answers.get(1).heard()).startsWith("failed");
    assertThat(answers.getLast().heard()).startsWith("failed");
  }

  @Test
  void whatWasKeptForAClientThatHasGoneGoesNowhere() {
    answer(1);
    exchanges.keep();
    exchanges.abort(1, "gone");

    exchanges.flush();

    assertThat(answers.getFirst().heard()).containsExactly("failed", "cancelled");
  }

  /** A guest that runs what was posted. */
  private static final class Tasks implements EventLoop.Guest {
    @Override
    public void task(Runnable task) {
      task.run();
    }

    @Override
    public void timer(int id) {}

    @Override
    public void immediate(int id) {}

    @Override
    public void nothingLeft() {}
  }
}
