package dev.runnel.runtime.module;

import dev.runnel.engine.HostError;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes JavaScript of modules in TypeScript and JSX when they are loaded. The same arguments give
 * the same text, in which a source map of its own says where each line was written.
 *
 * <p>Called on isolates' threads, which wait for it.
 */
@FunctionalInterface
public interface SourceTransform {
  /** Such modules are refused. */
  SourceTransform NONE =
      (file, _, _) -> {
        throw HostError.syntax(
            "ERR_UNKNOWN_FILE_EXTENSION",
            "Cannot run %s as it is: bundle it to JavaScript first, with esbuild for example.",
            file);
      };

  /**
   * @param file where the text is from; its ending says which language it is
   * @param tsconfig the text of the {@code tsconfig.json} that is nearest to the file
   * @throws HostError when it can't be understood
   */
  String javaScript(Path file, String text, Optional<String> tsconfig);
}
