package dev.runnel.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The programs in {@code src/test/wat}, assembled once by npm's wabt. */
final class Wat {
  private static final Path FOLDER = assembled();
  private static final Map<String, WasiProgram> COMPILED = new ConcurrentHashMap<>();

  private Wat() {}

  private static Path assembled() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "wat");
      Process node =
          new ProcessBuilder("node", "src/test/wat/assemble.mjs", folder.toString())
              .inheritIO()
              .start();
      if (node.waitFor() != 0) {
        throw new IllegalStateException("src/test/wat can't be assembled.");
      }
      return folder;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name + ".wasm"));
  }

  static WasiProgram program(String name) {
    return COMPILED.computeIfAbsent(
        name,
        _ -> {
          try {
            return WasiProgram.compile(bytes(name));
          } catch (WasiException | IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
