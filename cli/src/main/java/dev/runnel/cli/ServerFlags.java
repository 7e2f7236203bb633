package dev.runnel.cli;

import dev.runnel.server.AccessLog;
import dev.runnel.server.AddressLimits;
import dev.runnel.server.Certificates;
import dev.runnel.server.RequestObserver;
import dev.runnel.server.ServerOptions;
import dev.runnel.server.Transport;
import dev.runnel.server.TrustedProxies;
import dev.runnel.server.admin.ServerMetrics;
import dev.runnel.server.compress.Compression;
import dev.runnel.server.trace.SpanExporter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a program's ports are spoken to, and what is told of it. */
final class ServerFlags {
  /** For all answers together that are compressed at a time. */
  private static final long CODEC_BYTES = 64 << 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--access-log",
      description = "Write one line for each request to standard error.")
  private boolean accessLog;

  @Option(
      names = "--access-log-format",
      paramLabel = "console|json",
      description = "How that line is written; json has more fields (default: console).")
  private LogFormat logFormat = LogFormat.console;

  @Option(
      names = "--admin-port",
      paramLabel = "[HOST:]PORT",
      converter = OptionValues.Address.class,
      description = "Answer /healthz, /readyz and /metrics (Prometheus) there (default: nowhere).")
  private @Nullable InetSocketAddress adminPort;

  @Option(
      names = "--leave",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      description =
          "How long /readyz says no before the ports close, when the server is told to stop"
              + " (default: 0s).")
  private Duration leave = Duration.ZERO;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = {
        "Speak TLS on the program's ports, with the certificates in FILE (PEM, the server's first).",
        "When this file or --tls-key changes, new connections get the new ones."
      })
  private @Nullable Path certificates;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key that belongs to --tls-cert (PEM, PKCS #8, no password).")
  private @Nullable Path key;

  @Option(
      names = "--trust-proxy",
      paramLabel = "NETWORKS",
      split = ",",
      description = {
        "Take the word of these addresses on where a request came from: Forwarded, or",
        "X-Forwarded-For, -Proto and -Host. Such as 10.0.0.0/8,::1 (default: nobody's)."
      })
  private List<String> proxies = new ArrayList<>();

  @Option(
      names = "--proxy-protocol",
      description =
          "Each connection of a --trust-proxy begins with a PROXY header (version 1 or 2).")
  private boolean proxyProtocol;

  @Option(
      names = "--compress",
      description = {
        "Compress texts on their way to clients that accept br or gzip, as far as the program has",
        "flushed them."
      })
  private boolean compress;

  @Option(
      names = "--trace-to",
      paramLabel = "URL",
      converter = OptionValues.Origin.class,
      description = {
        "Send a span of each request, and of each fetch() of a program, to this OpenTelemetry",
        "collector, as JSON over HTTP: usually http://HOST:4318/v1/traces (default: nowhere)."
      })
  private @Nullable URI collector;

  @Option(
      names = "--trace-name",
      paramLabel = "NAME",
      defaultValue = "runnel",
      description = "What those spans are shown under (default: ${DEFAULT-VALUE}).")
  private String traceName = "runnel";

  @Option(
      names = "--server-timing",
      description = {
        "Tell clients how long an answer's head took to come, from the request's: Server-Timing:",
        "runnel;dur=MILLISECONDS, after what the program says there."
      })
  private boolean serverTiming;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = OptionValues.Count.class,
      description = {
        "How many connections one address may have open; others are closed as they come (default:",
        "1000, and any number from this machine)."
      })
  private @Nullable Integer connections;

  @Option(
      names = "--request-rate",
      paramLabel = "N",
      converter = OptionValues.Count.class,
      description =
          "How many requests one address may begin per second, twice as many at once; others get a"
              + " 429 (default: any number).")
  private @Nullable Integer requestRate;

  /** Lower case, as they are written. */
  private enum LogFormat {
    console,
    json
  }

  /** Counted only for an admin port. */
  private @Nullable ServerMetrics metrics;

  private @Nullable SpanExporter spans;

  Operating operating() {
    return new Operating(
        new Operating.Plan(Optional.ofNullable(adminPort), leave), metrics(), spans());
  }

  private Optional<SpanExporter> spans() {
    if (collector != null && spans == null) {
      spans = new SpanExporter(collector, traceName);
    }
    return Optional.ofNullable(spans);
  }

  private Optional<ServerMetrics> metrics() {
    if (adminPort != null && metrics == null) {
      metrics = new ServerMetrics();
    }
    return Optional.ofNullable(metrics);
  }

  /**
   * @param base what else holds
   * @param say writes a line for whoever runs the program
   */
  ServerOptions options(ServerOptions base, Consumer<String> say) {
    ServerOptions options =
        base.withTransport(transport()).withAddresses(addresses(base.addresses()));
    if (compress) {
      options = options.withCompression(new Compression(CODEC_BYTES));
    }
    if (serverTiming) {
      options = options.withServerTiming();
    }
    options = metrics().map(options::withObserver).orElse(options);
    options = spans().map(options::withObserver).orElse(options);
    return accessLog ? options.withObserver(accessLog(say)) : options;
  }

  private AddressLimits addresses(AddressLimits base) {
    AddressLimits limits = connections == null ? base : base.withConnections(connections);
    return requestRate == null ? limits : limits.withRequests(requestRate);
  }

  private RequestObserver accessLog(Consumer<String> say) {
    return switch (logFormat) {
      case console -> AccessLog.console(say);
      case json -> AccessLog.json(say, Clock.systemUTC());
    };
  }

  boolean isEncrypted() {
    return certificates != null;
  }

  private Transport transport() {
    if ((certificates == null) != (key == null)) {
      throw wrong("--tls-cert and --tls-key are given together.");
    }
    if (proxyProtocol && proxies.isEmpty()) {
      throw wrong("--proxy-protocol needs --trust-proxy: anybody can send such a header.");
    }
    Optional<Certificates> files =
        certificates == null || key == null
            ? Optional.empty()
            : Optional.of(new Certificates(certificates, key));
    return new Transport(files, trusted(), proxyProtocol);
  }

  private TrustedProxies trusted() {
    try {
      return TrustedProxies.of(proxies);
    } catch (IllegalArgumentException e) {
      throw wrong("--trust-proxy: " + e.getMessage());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
