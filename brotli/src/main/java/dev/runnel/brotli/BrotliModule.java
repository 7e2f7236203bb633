package dev.runnel.brotli;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.MemoryBudget;
import dev.runnel.wasm.TranslatedModule;
import java.util.stream.IntStream;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.types.ExportSection;
import run.endive.wasm.types.FunctionImport;

/** The translated codec: loaded once, when a first stream needs it. */
public final class BrotliModule {
  /** The class that the build translates the module to. */
  public static final String CLASS_NAME = "dev.runnel.brotli.translated.BrotliWasm";

  /** What the build exports besides what the package does. */
  public static final String ENCODE = "encode";

  public static final String DECODE = "decode";

  private static final TranslatedModule MODULE =
      TranslatedModule.load(CLASS_NAME, BrotliModule.class.getClassLoader());

  /** Its exported functions that are used here. */
  enum Function {
    NEW_ENCODER("compressstream_new"),
    FREE_ENCODER("__wbg_compressstream_free"),
    ENCODE(BrotliModule.ENCODE),
    NEW_DECODER("decompressstream_new"),
    FREE_DECODER("__wbg_decompressstream_free"),
    DECODE(BrotliModule.DECODE),
    ALLOCATE("__wbindgen_malloc");

    private final int index;

    Function(String export) {
      this.index = indexOf(export);
    }

    int index() {
      return index;
    }
  }

  private BrotliModule() {}

  static Instance newInstance(MemoryBudget budget) {
    return MODULE
        .newInstance(limits -> new FlatMemory(limits, Long.MAX_VALUE, budget))
        .withImportValues(ImportValues.builder().addFunction(imports()).build())
        .build();
  }

  /** They tell JavaScript of a panic, which ends with a trap. Nothing else is imported. */
  private static HostFunction[] imports() {
    var section = MODULE.metadata().importSection();
    return IntStream.range(0, section.importCount())
        .mapToObj(i -> (FunctionImport) section.getImport(i))
        .map(
            imported ->
                new HostFunction(
                    imported.module(),
                    imported.name(),
                    MODULE.metadata().typeSection().getType(imported.typeIndex()),
                    (_, _) -> new long[1]))
        .toArray(HostFunction[]::new);
  }

  private static int indexOf(String export) {
    ExportSection exports = MODULE.metadata().exportSection();
    return IntStream.range(0, exports.exportCount())
        .mapToObj(exports::getExport)
        .filter(candidate -> candidate.name().equals(export))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("The Brotli module exports no %s.".formatted(export)))
        .index();
  }
}
