package dev.runnel.image.pack;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.pack.AppProgram.Component;
import dev.runnel.image.pack.AppProgram.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that is one WebAssembly file, as it goes into an image.
 *
 * @param components the packages that it was made of, as far as they are known
 */
@SuppressWarnings("ArrayRecordComponent")
public record WasmProgram(Identity identity, byte[] module, List<Component> components) {
  private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};

  public WasmProgram {
    components = List.copyOf(components);
  }

  /** A file, which has its name from its own. */
  public static WasmProgram at(Path wasm) throws IOException, ImageException {
    if (!Files.isRegularFile(wasm)) {
      throw new ImageException("There is no file %s.", wasm);
    }
    byte[] module = Files.readAllBytes(wasm);
    for (int i = 0; i < MAGIC.length; i++) {
      if (module.length <= i || module[i] != MAGIC[i]) {
        throw new ImageException("%s is no WebAssembly module.", wasm);
      }
    }
    String name = wasm.getFileName().toString().replaceFirst("\\.wasm$", "");
    return new WasmProgram(new Identity(name, "0.0.0"), module, List.of());
  }
}
