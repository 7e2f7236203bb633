package dev.runnel.runtime.host.thread;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ThreadsHostTest {
  private static final Pattern EXPORT = Pattern.compile("export function (\\w+)\\(");
  private static final int ONE = 1;
  private static final int TWO = 2;

  private final AtomicInteger numbers = new AtomicInteger(3);
  private final List<Endpoint> channel = Endpoint.pair(ONE, _ -> {});
  private final Isolate first = new Isolate(channel.getFirst());
  private final Isolate second = new Isolate(channel.getLast());

  /** Starts nothing. */
  private final class NoThreads implements Threads {
    @Override
    public Running start(Request request, Listener listener) {
      throw HostError.error("ERR_WORKER_INIT_FAILED", "There are no threads here.");
    }

    @Override
    public int nextEndpoints() {
      return numbers.getAndAdd(2);
    }
  }

  private final class Isolate {
    private final EventLoop loop = new EventLoop(new TimerQueue(System::nanoTime));
    private final ThreadsHost host;

    Isolate(Endpoint end) {
      host =
          new ThreadsHost(
              loop,
              (_, _) -> {},
              new NoThreads(),
              new BroadcastLimits(10, 100, 150),
              () -> {},
              Optional.of(new Threads.Inherited(new byte[0], List.of(end))));
    }

    JsValue call(String function, JsValue... arguments) {
      return Objects.requireNonNull(host.module().functions().get(function))
          .call(Arguments.of(arguments));
    }

    JsValue send(int id, int bytes, String ends) {
      return call("send", JsValue.of(id), JsValue.of(new byte[bytes]), JsValue.of(ends));
    }

    int channel() {
      return (int) ((JsValue.Num) call("channel")).value();
    }

    /** The ends that came with the next message; "none" without a message. */
    String take(int id) {
      return call("take", JsValue.of(id)) instanceof JsValue.Bytes taken
          ? UTF_8.decode(taken.value().duplicate()).toString().split("\n", 2)[0]
          : "none";
    }
  }

  @Test
  void declarationsMatchTheHost() throws IOException {
    try (var in = getClass().getResourceAsStream("/dev/runnel/runtime/js/host/threads.d.ts")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      assertThat(new TreeSet<>(first.host.module().functions().keySet()))
          .isEqualTo(
              new TreeSet<>(EXPORT.matcher(text).results().map(match -> match.group(1)).toList()));
    }
  }

  @Test
  void anIsolateUsesAndSendsOnlyThePortsThatItHas() {
    int mine = first.channel();

    second.send(mine, 1, "");
    assertThat(first.take(mine + 1)).isEqualTo("none");
    assertThatThrownBy(() -> second.send(TWO, 1, Integer.toString(mine)))
        .isInstanceOf(HostError.class);
    assertThatThrownBy(() -> first.send(ONE, 1, mine + "," + mine)).isInstanceOf(HostError.class);
    assertThatThrownBy(() -> first.send(ONE, 1, "x")).isInstanceOf(HostError.class);
  }

  @Test
  void aPortThatWasSentIsTheReceiversWithWhatHadComeToIt() {
    int kept = first.channel();
    int sent = kept + 1;
    first.send(kept, 7, "");
    first.send(ONE, 1, Integer.toString(sent));

    assertThatThrownBy(() -> first.send(ONE, 1, Integer.toString(sent)))
        .isInstanceOf(HostError.class);
    assertThat(second.take(sent)).isEqualTo("none");
    assertThat(second.take(TWO)).isEqualTo(Integer.toString(sent));
    assertThat(second.take(sent)).isEmpty();
    second.send(sent, 1, "");
    assertThat(first.take(kept)).isEmpty();
  }

  @Test
  void whatWaitsIsLimited() {
    assertThatThrownBy(() -> first.send(ONE, 101, "")).isInstanceOf(HostError.class);
    first.send(ONE, 100, "");
    assertThatThrownBy(() -> first.send(ONE, 51, "")).isInstanceOf(HostError.class);
    second.take(TWO);
    first.send(ONE, 100, "");
  }

  @Test
  void soIsTheNumberOfPorts() {
    for (int i = 0; i < 4; i++) {
      first.channel();
    }

    assertThatThrownBy(first::channel).isInstanceOf(HostError.class);
  }

  @Test
  void aPortThatIsListenedToKeepsTheProgramRunningUntilItIsClosed() {
    first.call("hold", JsValue.of(ONE), JsValue.of(true));
    assertThat(first.loop.keepsProgramAlive()).isTrue();

    first.call("close", JsValue.of(ONE));
    assertThat(first.loop.keepsProgramAlive()).isFalse();
    second.send(TWO, 100, "");
    second.send(TWO, 100, "");
  }
}
