package dev.runnel.codec;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.MemoryBudget;
import dev.runnel.wasm.TranslatedModule;
import java.util.stream.IntStream;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.types.ExportSection;
import run.endive.wasm.types.FunctionImport;

/** A translated codec: loaded once, when a first stream needs it. */
public final class CodecModule {
  /** The name under which a build exports what allocates so many bytes. */
  public static final String ALLOCATE = "allocate";

  /** Answers what the codec asks of whoever runs it. */
  public interface Imports {
    long call(Instance instance, String name, long[] arguments);
  }

  private final String name;
  private final TranslatedModule module;
  private final Imports imports;
  private final int allocate;

  private CodecModule(String name, TranslatedModule module, Imports imports) {
    this.name = name;
    this.module = module;
    this.imports = imports;
    this.allocate = function(ALLOCATE);
  }

  /**
   * @param name the codec's, for messages
   * @param className the class that the build translated it to
   */
  public static CodecModule load(String name, String className, Imports imports) {
    var module = TranslatedModule.load(className, CodecModule.class.getClassLoader());
    return new CodecModule(name, module, imports);
  }

  String name() {
    return name;
  }

  int allocate() {
    return allocate;
  }

  /** The index of an exported function. */
  public int function(String export) {
    ExportSection exports = module.metadata().exportSection();
    return IntStream.range(0, exports.exportCount())
        .mapToObj(exports::getExport)
        .filter(candidate -> candidate.name().equals(export))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("%s's module exports no %s.".formatted(name, export)))
        .index();
  }

  Instance newInstance(MemoryBudget budget) {
    return module
        .newInstance(limits -> new FlatMemory(limits, Long.MAX_VALUE, budget))
        .withImportValues(ImportValues.builder().addFunction(functions()).build())
        .build();
  }

  private HostFunction[] functions() {
    var section = module.metadata().importSection();
    return IntStream.range(0, section.importCount())
        .mapToObj(i -> (FunctionImport) section.getImport(i))
        .map(this::function)
        .toArray(HostFunction[]::new);
  }

  private HostFunction function(FunctionImport imported) {
    return new HostFunction(
        imported.module(),
        imported.name(),
        module.metadata().typeSection().getType(imported.typeIndex()),
        (instance, arguments) -> new long[] {imports.call(instance, imported.name(), arguments)});
  }
}
