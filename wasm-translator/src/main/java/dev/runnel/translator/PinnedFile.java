package dev.runnel.translator;

import dev.runnel.wasm.TranslatedModule;

/** A WebAssembly file of a package whose functions the build knows by their numbers or shapes. */
public final class PinnedFile {
  private PinnedFile() {}

  /** Fails unless the file is the one that {@code user} is made for. */
  public static void check(byte[] wasm, String name, String user, String sha256) {
    String actual = TranslatedModule.sha256(wasm);
    if (!actual.equals(sha256)) {
      throw new IllegalStateException(
          "%s has SHA-256 %s, %s is made for %s. Run npm ci."
              .formatted(name, actual, user, sha256));
    }
  }
}
