package dev.runnel.quickjs;

import dev.runnel.wasm.TranslatedModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * JavaScript functions that the engine itself calls, captured before any other code ran in the
 * context: whatever a program patches later, these stay what they were.
 *
 * @param array keeps the functions alive: an array that this record owns
 */
record Primordials(long array, long makeError, long bigInt) {
  private static final String FILE = "primordials.js";

  /** Evaluates the file that defines them. */
  static Primordials create(QuickJs js) {
    return of(js, js.evaluate("engine:" + FILE, source(), QuickJs.EVAL_SCRIPT));
  }

  /**
   * Those of an array that {@link #create} made, in this context or in the one it was cloned from.
   */
  static Primordials of(QuickJs js, long array) {
    return new Primordials(array, borrowed(js, array, 0), borrowed(js, array, 1));
  }

  /** The array outlives the result and keeps it alive. */
  private static long borrowed(QuickJs js, long array, int index) {
    long element = js.element(array, index);
    js.free(element);
    return element;
  }

  /** Part of what identifies a build: a heap holds what the file defines. */
  static String digest() {
    return TranslatedModule.sha256(source());
  }

  private static byte[] source() {
    try (InputStream in = Primordials.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
