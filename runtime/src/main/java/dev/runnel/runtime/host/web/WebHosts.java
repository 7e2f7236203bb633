package dev.runnel.runtime.host.web;

import dev.runnel.engine.HostModule;
import dev.runnel.runtime.limit.DecompressionLimits;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The host modules of all Web APIs, for one isolate. */
public final class WebHosts {
  /** Shared by all isolates: it is safe from any thread and takes time to be made. */
  private static final SecureRandom RANDOM = new SecureRandom();

  private WebHosts() {}

  /**
   * @param unrepeatable hears what a program read that differs at its next start
   */
  public static List<HostModule> of(
      ConsoleHost.Sink console,
      String version,
      DecompressionLimits decompression,
      Consumer<String> unrepeatable) {
    Runnable onClock = () -> unrepeatable.accept("the clock");
    Runnable onRandom = () -> unrepeatable.accept("random numbers");
    return List.of(
        new CompressionHost(decompression).module(),
        new ConsoleHost(console).module(),
        new CryptoHost(RANDOM, onRandom).module(),
        new EncodingHost().module(),
        new MultipartHost().module(),
        new PerformanceHost(System::nanoTime, InstantSource.system(), version, onClock).module(),
        new UrlHost().module());
  }
}
