package dev.runnel.runtime.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SmallHostsTest {
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void fillRandomChangesItsWindowAndNothingElse() {
    var crypto = new HostCalls(new CryptoHost(new SecureRandom(), reads::incrementAndGet).module());
    var memory = ByteBuffer.allocate(80);

    crypto.call("fillRandom", new JsValue.Bytes(memory.slice(8, 64)));

    assertThat(memory.slice(8, 64)).isNotEqualTo(ByteBuffer.allocate(64));
    assertThat(memory.getLong(0)).isZero();
    assertThat(memory.getLong(72)).isZero();
    assertThat(reads).hasValue(1);
  }

  @Test
  void randomUuidsAreOfVersion4() {
    var crypto = new HostCalls(new CryptoHost(new SecureRandom(), reads::incrementAndGet).module());

    for (int i = 0; i < 100; i++) {
      assertThat(((JsValue.Str) crypto.call("randomUUID")).value())
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }
  }

  @Test
  void performanceCountsFromItsOwnStart() {
    var nanos = new AtomicLong(5_000_000);
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));
    var performance =
        new HostCalls(
            new PerformanceHost(nanos::get, clock, "1.2", reads::incrementAndGet).module());

    nanos.set(6_500_000);

    assertThat(performance.call("now")).isEqualTo(JsValue.of(1.5));
    assertThat(performance.call("timeOrigin")).isEqualTo(JsValue.of(1_700_000_000_123.0));
    assertThat(performance.call("version")).isEqualTo(JsValue.of("1.2"));
    assertThat(reads).hasValue(2);
  }

  @Test
  void consolePassesLevelAndTextOn() {
    List<String> messages = new ArrayList<>();
    var console =
        new HostCalls(new ConsoleHost((level, text) -> messages.add(level + " " + text)).module());

    console.call("log", JsValue.of("warn"), JsValue.of("careful"));

    assertThat(messages).containsExactly("WARN careful");
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> console.call("log", JsValue.of("loud"), JsValue.of("x")))
        .withMessage("The console has no level loud.");
  }
}
