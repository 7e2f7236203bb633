package dev.runnel.runtime.host.web;

import dev.runnel.codec.CodecMemory;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Locality;
import dev.runnel.runtime.host.intl.IntlHost;
import dev.runnel.runtime.host.web.crypto.Background;
import dev.runnel.runtime.host.web.crypto.SubtleHost;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.limit.GuestClock;
import dev.runnel.runtime.limit.RewriterLimits;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The host modules of all Web APIs, for one isolate. */
public final class WebHosts {
  /** Shared by all isolates: it is safe from any thread and takes time to be made. */
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * What a program may use.
   *
   * @param version what {@code navigator.userAgent} says after {@code Runnel/}
   */
  public record Grants(
      ConsoleHost.Sink console,
      String version,
      DecompressionLimits decompression,
      CodecMemory codecs,
      RewriterLimits rewriter,
      Background background,
      GuestClock clock,
      Locality locality) {}

  private WebHosts() {}

  /**
   * @param unrepeatable hears what a program read that differs at its next start
   */
  public static List<HostModule> of(Grants grants, Consumer<String> unrepeatable) {
    Runnable onClock = () -> unrepeatable.accept("the clock");
    Runnable onRandom = () -> unrepeatable.accept("random numbers");
    return List.of(
        new CompressionHost(grants.decompression(), grants.codecs()).module(),
        new ConsoleHost(grants.console()).module(),
        new CryptoHost(RANDOM, onRandom).module(),
        new EncodingHost().module(),
        new HtmlRewriterHost(grants.rewriter()).module(),
        new MultipartHost().module(),
        new PerformanceHost(
                grants.clock()::nanoTime, InstantSource.system(), grants.version(), onClock)
            .module(),
        new SubtleHost(grants.background(), () -> unrepeatable.accept("crypto keys")).module(),
        new UrlHost().module(),
        new IntlHost(grants.locality()).module());
  }
}
