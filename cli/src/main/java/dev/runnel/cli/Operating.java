package dev.runnel.cli;

import dev.runnel.server.admin.AdminServer;
import dev.runnel.server.admin.ServerMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
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
  private volatile boolean stopping;
  private @Nullable AdminServer admin;

  Operating(Plan plan, Optional<ServerMetrics> metrics) {
    this.plan = plan;
    this.metrics = metrics;
  }

  /** An isolate has ended by the limit of that name, or by none. */
  void isolateLost(String limit) {
    metrics.ifPresent(counted -> counted.isolateLost(limit));
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
    if (admin != null) {
      admin.close();
    }
  }
}
