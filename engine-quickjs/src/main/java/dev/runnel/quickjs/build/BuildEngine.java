package dev.runnel.quickjs.build;

import dev.runnel.quickjs.BaseHeap;
import dev.runnel.quickjs.EngineModule;
import dev.runnel.translator.TranslateMain;
import dev.runnel.translator.TranslatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the engine's classes: {@code quickjs.wasm OUTPUT_DIRECTORY}. */
public final class BuildEngine {
  /** QuickJS's dispatcher asks {@code host_interrupt} itself; no other loop is that wide. */
  private static final int DISPATCHER_TARGETS = 128;

  /** Reference counting and the like: renders 3 % more pages than without. */
  private static final int EARLY_RETURN_WEIGHT = 60;

  private BuildEngine() {}

  public static void main(String[] args) throws IOException {
    byte[] patched = PinnedModule.patched(Files.readAllBytes(Path.of(args[0])));
    TranslatorOptions options =
        TranslatorOptions.named(EngineModule.CLASS_NAME)
            .withUnpolledTargets(DISPATCHER_TARGETS)
            .withEarlyReturnWeight(EARLY_RETURN_WEIGHT);
    Path output = Path.of(args[1]);
    TranslateMain.run(patched, options, Intrinsics.of(patched), output, System.out);
    Path engine = output.resolve("dev/runnel/quickjs");
    Files.write(engine.resolve(BaseHeap.FILE), BaseHeap.make());
    Files.write(engine.resolve("jit").resolve(JitFunctions.FILE), JitFunctions.of(patched));
  }
}
