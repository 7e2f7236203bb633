package dev.runnel.cli;

import dev.runnel.server.Certificates;
import dev.runnel.server.ServerOptions;
import dev.runnel.server.Transport;
import dev.runnel.server.TrustedProxies;
import java.nio.file.Path;
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
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--access-log",
      description = "Write one line for each request to standard error.")
  private boolean accessLog;

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

  /**
   * @param base what else holds
   * @param say writes a line for whoever runs the program
   */
  ServerOptions options(ServerOptions base, Consumer<String> say) {
    ServerOptions options = base.withTransport(transport());
    return accessLog ? options.withAccessLog(say) : options;
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
