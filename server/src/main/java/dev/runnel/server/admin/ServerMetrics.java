package dev.runnel.server.admin;

import com.sun.management.OperatingSystemMXBean;
import dev.runnel.server.RequestObserver;
import dev.runnel.server.RequestReport;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What a server counts, as Prometheus reads it. What comes from clients is never a label, so that
 * nobody outside can make series.
 */
public final class ServerMetrics implements RequestObserver {
  private static final double[] SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60
  };
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Gauge open =
      Gauge.builder()
          .name("runnel_http_open_requests")
          .help("Requests that are being answered.")
          .register(registry);
  private final Counter requests =
      Counter.builder()
          .name("runnel_http_requests_total")
          .help("Requests that were answered or cut off (status 0: without a head).")
          .labelNames("method", "status")
          .register(registry);
  private final Histogram duration =
      histogram(
          "runnel_http_request_duration_seconds", "From a request's head to its answer's end.");
  private final Histogram firstByte =
      histogram("runnel_http_first_byte_seconds", "From a request's head to its answer's.");
  private final Counter bytes =
      Counter.builder()
          .name("runnel_http_response_bytes_total")
          .help("Bytes of answers' bodies.")
          .register(registry);
  private final Counter writes =
      Counter.builder()
          .name("runnel_http_response_chunks_total")
          .help("Writes in which answers' bodies left.")
          .register(registry);
  private final Counter cutOff =
      Counter.builder()
          .name("runnel_http_cut_off_total")
          .help("Answers that aren't whole: the client left, or the program failed.")
          .register(registry);
  private final Counter limits =
      Counter.builder()
          .name("runnel_limits_hit_total")
          .help("Requests, connections and isolates that a limit ended, by its name.")
          .labelNames("limit")
          .register(registry);
  private final Histogram starts =
      histogram(
          "runnel_isolate_start_seconds", "From an isolate's beginning to its first request.");
  private final Counter lost =
      Counter.builder()
          .name("runnel_isolates_lost_total")
          .help("Isolates that ended before they were told to; each is replaced.")
          .register(registry);

  public ServerMetrics() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    CounterWithCallback.builder()
        .name("process_cpu_seconds_total")
        .help("Processor time of this process.")
        .callback(callback -> callback.call(system.getProcessCpuTime() / 1e9))
        .register(registry);
    gauge("process_resident_memory_bytes", "Memory of this process.", ServerMetrics::residentBytes);
    gauge(
        "runnel_heap_used_bytes",
        "The JVM's heap, in which isolates of the default engine live.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    gauge(
        "runnel_heap_max_bytes",
        "What that heap may grow to.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
    gauge(
        "runnel_threads",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** Shows a number of the pool of isolates, asked for at each reading. */
  public void pool(String name, String help, IntSupplier value) {
    gauge("runnel_" + name, help, value::getAsInt);
  }

  /**
   * The same for each app. Apps are the operator's own, so their names may be labels.
   *
   * @param values by app
   */
  public void pools(String name, String help, Supplier<Map<String, Integer>> values) {
    GaugeWithCallback.builder()
        .name("runnel_" + name)
        .help(help)
        .labelNames("app")
        .callback(callback -> values.get().forEach((app, value) -> callback.call(value, app)))
        .register(registry);
  }

  private void gauge(String name, String help, java.util.function.LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsLong()))
        .register(registry);
  }

  private Histogram histogram(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .register(registry);
  }

  /** Linux tells; 0 elsewhere. */
  private static long residentBytes() {
    try {
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
      return Long.parseLong(pages[1]) * 4096;
    } catch (IOException | RuntimeException notLinux) {
      return 0;
    }
  }

  @Override
  public void began() {
    open.inc();
  }

  @Override
  public void ended(RequestReport report) {
    open.dec();
    String method = METHODS.contains(report.method()) ? report.method() : "other";
    requests.labelValues(method, Integer.toString(report.status())).inc();
    duration.observe(seconds(report.took()));
    if (report.status() > 0) {
      firstByte.observe(seconds(report.firstByte()));
    }
    bytes.inc(report.bytes());
    writes.inc(report.writes());
    if (report.cutOff()) {
      cutOff.inc();
    }
    if (!report.limit().isEmpty()) {
      limits.labelValues(report.limit()).inc();
    }
  }

  @Override
  public void refused(String client, String limit) {
    limits.labelValues(limit).inc();
  }

  /** An isolate takes requests, so long after it was begun with. */
  public void isolateReady(Duration took) {
    starts.observe(seconds(took));
  }

  /**
   * An isolate has ended.
   *
   * @param limit that ended it, or {@code ""}
   */
  public void isolateLost(String limit) {
    lost.inc();
    if (!limit.isEmpty()) {
      limits.labelValues(limit).inc();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** All of them in Prometheus' text format. */
  byte[] text() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return text.toByteArray();
  }
}
