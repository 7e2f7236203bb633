package dev.runnel.runtime.host.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BroadcastHostTest {
  private static final Pattern EXPORT = Pattern.compile("export function (\\w+)\\(");
  private static final JsValue ID = JsValue.of(1);

  private final Broadcasts all = new Broadcasts();
  private final Isolate sender = new Isolate();
  private final Isolate receiver = new Isolate();

  /** Its loop never runs, so what it is sent waits for ever. */
  private final class Isolate {
    private final EventLoop loop = new EventLoop(new TimerQueue(System::nanoTime));
    private final BroadcastHost host =
        new BroadcastHost(loop, (_, _) -> {}, all, new BroadcastLimits(10, 100, 150), () -> {});

    JsValue call(String function, JsValue... arguments) {
      return Objects.requireNonNull(host.module().functions().get(function))
          .call(Arguments.of(arguments));
    }

    JsValue open() {
      return call("open", JsValue.of("name"));
    }

    JsValue post(int bytes) {
      return call("post", ID, JsValue.of(new byte[bytes]));
    }
  }

  @Test
  void declarationsMatchTheHost() throws IOException {
    try (var in = getClass().getResourceAsStream("/dev/runnel/runtime/js/host/broadcast.d.ts")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(new TreeSet<>(sender.host.module().functions().keySet()))
          .isEqualTo(
              new TreeSet<>(EXPORT.matcher(text).results().map(match -> match.group(1)).toList()));
    }
  }

  @Test
  void whoSendsMoreThanMayWaitGetsAnErrorAndNobodyGetsThatMessage() {
    sender.open();
    receiver.open();
    var third = new Isolate();
    third.open();

    receiver.post(100);
    // For the third have 100 bytes come, and 50 more are what it may have.
    assertThatThrownBy(() -> receiver.post(51)).isInstanceOf(HostError.class);
    assertThatThrownBy(() -> sender.post(51)).isInstanceOf(HostError.class);
    // Those two attempts count for nobody.
    sender.post(50);
    assertThatThrownBy(() -> sender.post(1)).isInstanceOf(HostError.class);
    third.post(50);
  }

  @Test
  void whatNobodyHearsWaitsNowhere() {
    sender.open();
    for (int i = 0; i < 10; i++) {
      sender.post(100);
    }

    receiver.open();
    receiver.host.closeAll();
    for (int i = 0; i < 10; i++) {
      sender.post(100);
    }
    assertThat(all.named("name")).hasSize(1);
  }

  @Test
  void anOpenChannelKeepsTheProgramRunningUnlessItLetsGo() {
    sender.open();
    assertThat(sender.loop.keepsProgramAlive()).isTrue();

    sender.call("hold", ID, JsValue.of(false));
    assertThat(sender.loop.keepsProgramAlive()).isFalse();

    sender.call("hold", ID, JsValue.of(true));
    sender.call("hold", ID, JsValue.of(true));
    sender.call("close", ID);
    assertThat(sender.loop.keepsProgramAlive()).isFalse();
    sender.call("close", ID);
    assertThat(sender.post(5)).isEqualTo(JsValue.UNDEFINED);
  }
}
