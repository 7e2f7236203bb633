package dev.runnel.portable;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;

/** The runtimes that a portable file is tried on. */
final class Hosts {
  private Hosts() {}

  static Stream<WasiHost> all() {
    return Stream.of(new EndiveHost(), ProcessHost.node(), ProcessHost.wasmtime());
  }

  /** Skips a test on a runtime that this machine hasn't got. */
  static void require(WasiHost host) {
    if (host instanceof ProcessHost process && process.name().equals("wasmtime")) {
      assumeTrue(
          process.runs("python3", "-c", "import wasmtime"),
          "wasmtime isn't installed: pip install --target target/wasmtime wasmtime");
    }
  }
}
