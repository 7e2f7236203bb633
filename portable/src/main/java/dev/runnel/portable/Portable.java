package dev.runnel.portable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The file that every portable program starts from: engine and runtime, without an application. */
public final class Portable {
  /** The resource, beside this class, that the build writes. */
  public static final String FILE = "runnel.wasm";

  /** 2 GB: addresses are positive numbers. */
  public static final int MOST_PAGES = 32_767;

  private Portable() {}

  /** {@code runnel.wasm}: runs any program from a folder that its host opens for it. */
  public static byte[] runnelWasm() {
    try (InputStream in = Portable.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE + " is missing; build again").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
