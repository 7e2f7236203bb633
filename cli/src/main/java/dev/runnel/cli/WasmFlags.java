package dev.runnel.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for WebAssembly programs, under the names that other runtimes give them. */
final class WasmFlags {
  static final int PAGE_SHIFT = 16;

  @Option(
      names = "--reactor",
      paramLabel = "FUNCTION",
      description = {
        "Of a WebAssembly program: call this function, after _initialize, with ARGS as numbers and",
        "print what it returns."
      })
  private @Nullable String reactor;

  @Option(
      names = "--time-limit",
      paramLabel = "MILLISECONDS",
      description =
          "How long a WebAssembly program may run; 0 for as long as it likes (default: 0).")
  private long timeLimit;

  @Option(
      names = "--memory-page-limit",
      paramLabel = "PAGES",
      description = {
        "What the memory of a WebAssembly program may grow to, in pages of 64 KB, up to 32767",
        "(default: --memory, else 32767)."
      })
  private @Nullable Integer memoryPages;

  @Option(
      names = "--cgi",
      description = {
        "Serve a WebAssembly program at --listen, by CGI: each request is answered by a fresh",
        "instance, which gets the body on standard input and writes the answer on standard output."
      })
  private boolean cgi;

  static boolean areFor(Path file) {
    return file.toString().endsWith(".wasm");
  }

  /** The first option that was given, which a script has no use for. */
  Optional<String> given() {
    if (reactor != null) {
      return Optional.of("--reactor");
    }
    if (timeLimit != 0) {
      return Optional.of("--time-limit");
    }
    if (cgi) {
      return Optional.of("--cgi");
    }
    return memoryPages == null ? Optional.empty() : Optional.of("--memory-page-limit");
  }

  /** Whether the program answers requests, rather than run once. */
  boolean serves() {
    return cgi;
  }

  Optional<String> reactor() {
    return Optional.ofNullable(reactor);
  }

  Optional<Duration> timeLimit() {
    return timeLimit <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(timeLimit));
  }

  /**
   * @param memory bytes, when this option isn't given
   * @throws ArithmeticException if that can't be
   */
  int memoryPages(long memory) {
    return memoryPages == null ? Math.toIntExact(memory >> PAGE_SHIFT) : memoryPages;
  }
}
