package dev.runnel.runtime.host.web;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Backs {@code performance} and {@code navigator}; its JavaScript half is {@code
 * js/web/performance.js}.
 */
public final class PerformanceHost {
  private static final double NANOS_PER_MILLI = 1e6;

  private final LongSupplier nanoTime;
  private final long startNanos;
  private final double timeOrigin;
  private final String version;
  private final Runnable onRead;

  /**
   * The isolate's time begins now.
   *
   * @param onRead is told each time: a program that reads the clock while it starts may keep what
   *     it saw
   */
  public PerformanceHost(
      LongSupplier nanoTime, InstantSource clock, String version, Runnable onRead) {
    this.nanoTime = nanoTime;
    this.onRead = onRead;
    this.startNanos = nanoTime.getAsLong();
    var start = clock.instant();
    this.timeOrigin = start.getEpochSecond() * 1e3 + start.getNano() / NANOS_PER_MILLI;
    this.version = version;
  }

  public HostModule module() {
    return HostModule.named("performance")
        .function("now", _ -> now())
        .function("timeOrigin", _ -> timeOrigin())
        .function("version", _ -> JsValue.of(version));
  }

  private JsValue now() {
    onRead.run();
    return JsValue.of((nanoTime.getAsLong() - startNanos) / NANOS_PER_MILLI);
  }

  private JsValue timeOrigin() {
    onRead.run();
    return JsValue.of(timeOrigin);
  }
}
