package dev.runnel.quickjs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.TranslatedModule;
import java.util.stream.Stream;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.wasm.types.ExportSection;

/**
 * The translated quickjs.wasm: loaded once, shared by all isolates. The only class that knows how
 * its code got here.
 */
public final class EngineModule {
  /** The class that the build translates the module to. */
  public static final String CLASS_NAME = "dev.runnel.quickjs.translated.QuickJsWasm";

  /** What the added functions pass to {@code host_call} in place of a name's length. */
  static final int CALL_FUNCTION = -1;

  static final int CALL_MODULE_INIT = -2;
  static final int CALL_WASM = -3;

  private static final TranslatedModule MODULE =
      TranslatedModule.load(CLASS_NAME, EngineModule.class.getClassLoader());
  private static final int[] FUNCTIONS =
      Stream.of(Export.values()).mapToInt(export -> index(export.name())).toArray();
  private static final String DIGEST =
      TranslatedModule.sha256((MODULE.sourceDigest() + Primordials.digest()).getBytes(US_ASCII));
  private static final int CONTEXT_FRAME = index("async_context_frame");

  private EngineModule() {}

  /** Identifies this build of the engine; snapshots of another don't fit it. */
  static String digest() {
    return DIGEST;
  }

  static Instance.Builder newInstance(MemoryLimit limit) {
    return MODULE.newInstance(limits -> new FlatMemory(limits, Long.MAX_VALUE, limit));
  }

  /** Function indexes by {@link Export} ordinal. */
  static int[] functionIndexes() {
    return FUNCTIONS;
  }

  static GlobalInstance contextFrame(Instance instance) {
    return instance.global(CONTEXT_FRAME);
  }

  private static int index(String export) {
    ExportSection exports = MODULE.metadata().exportSection();
    for (int i = 0; i < exports.exportCount(); i++) {
      if (exports.getExport(i).name().equals(export)) {
        return exports.getExport(i).index();
      }
    }
    throw new IllegalStateException("The engine's module exports no %s.".formatted(export));
  }
}
