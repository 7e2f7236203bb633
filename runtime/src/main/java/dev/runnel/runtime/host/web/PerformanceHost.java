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

  /** The isolate's time begins now. */
  public PerformanceHost(LongSupplier nanoTime, InstantSource clock, String version) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    var start = clock.instant();
    this.timeOrigin = start.getEpochSecond() * 1e3 + start.getNano() / NANOS_PER_MILLI;
    this.version = version;
  }

  public HostModule module() {
    return HostModule.named("performance")
        .function("now", _ -> JsValue.of((nanoTime.getAsLong() - startNanos) / NANOS_PER_MILLI))
        .function("timeOrigin", _ -> JsValue.of(timeOrigin))
        .function("version", _ -> JsValue.of(version));
  }
}
