package dev.runnel.conformance;

import dev.runnel.engine.JitOptions;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are. Tests run with the module {@code conformance} as their working directory. */
final class Project {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path CONFORMANCE = ROOT.resolve("conformance");
  static final Path EXAMPLES = ROOT.resolve("examples");
  static final Path PROGRAMS = CONFORMANCE.resolve("src/test/programs");

  /** The engine under test: the build runs everything once for each. */
  static final String ENGINE = System.getProperty("runnel.engine", "quickjs");

  /** A program on that engine, which may have no sandbox. */
  static final WorkerOptions OPTIONS =
      WorkerOptions.DEFAULT.withEngine(ENGINE).withTrust(Trust.FULL).withJit(jit());

  /** {@code -Drunnel.jit=N} has every function compiled that was called N times. */
  private static JitOptions jit() {
    int threshold = Integer.getInteger("runnel.jit", 0);
    return threshold == 0 ? JitOptions.OFF : JitOptions.ON.withThreshold(threshold);
  }

  private Project() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
