package dev.runnel.cli;

import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.worker.WorkerStatus;
import dev.runnel.server.admin.AdminServer;
import dev.runnel.server.admin.ServerMetrics;
import dev.runnel.server.trace.SpanExporter;
import dev.runnel.server.trace.TracedFetcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What an operator sees of a server, and how long one is given to look away. */
final class Operating implements AutoCloseable {
  /**
   * @param port where the operator asks, when there is such a port
   * @param leave how long a server that stops says so before it closes its ports
   */
  record Plan(Optional<InetSocketAddress> port, Duration leave) {}

  private final Plan plan;
  private final Optional<ServerMetrics> metrics;
  private final Optional<SpanExporter> spans;
  private volatile boolean stopping;
  private @Nullable AdminServer admin;

  Operating(Plan plan, Optional<ServerMetrics> metrics, Optional<SpanExporter> spans) {
    this.plan = plan;
    this.metrics = metrics;
    this.spans = spans;
  }

  /** An isolate has ended by the limit of that name, or by none. */
  void isolateLost(String limit) {
    metrics.ifPresent(counted -> counted.isolateLost(limit));
  }

  /** What an app's own requests go through. */
  Fetcher traced(Fetcher fetcher) {
    return spans.<Fetcher>map(exporter -> new TracedFetcher(fetcher, exporter)).orElse(fetcher);
  }

  /** An isolate takes requests, so long after it was begun with. */
  void isolateReady(Duration took) {
    metrics.ifPresent(counted -> counted.isolateReady(took));
  }

  /** Shows the pools of apps, asked for at each reading. */
  void apps(Supplier<Map<String, WorkerStatus>> status) {
    pools("isolates", "Isolates, those that start included.", status, WorkerStatus::isolates);
    pools("isolates_serving", "Isolates that take requests.", status, WorkerStatus::serving);
    pools(
        "queue_requests", "Requests that no isolate has taken yet.", status, WorkerStatus::waiting);
    pools("app_requests", "Requests that isolates have taken.", status, WorkerStatus::requests);
  }

  private void pools(
      String name,
      String help,
      Supplier<Map<String, WorkerStatus>> status,
      ToIntFunction<WorkerStatus> value) {
    metrics.ifPresent(
        counted ->
            counted.pools(
                name,
                help,
                () -> {
                  Map<String, Integer> values = new TreeMap<>();
                  status.get().forEach((app, now) -> values.put(app, value.applyAsInt(now)));
                  return values;
                }));
  }

  /** Shows a number of the pool of isolates, asked for at each reading. */
  void pool(String name, String help, IntSupplier value) {
    metrics.ifPresent(counted -> counted.pool(name, help, value));
  }

  /**
   * @param ready whether requests could be answered now
   * @return where it is asked, when it is
   */
  Optional<InetSocketAddress> open(BooleanSupplier ready) throws IOException {
    if (plan.port().isEmpty() || metrics.isEmpty()) {
      return Optional.empty();
    }
    admin =
        AdminServer.open(plan.port().get(), metrics.get(), () -> !stopping && ready.getAsBoolean());
    return Optional.of(admin.address());
  }

  /** Says that no more requests should come, and waits until those who send them have seen it. */
  void leave() throws InterruptedException {
    stopping = true;
    Thread.sleep(plan.leave());
  }

  @Override
  public void close() {
    spans.ifPresent(SpanExporter::close);
    if (admin != null) {
      admin.close();
    }
  }
}
