package dev.runnel.wasi;

import dev.runnel.translator.MemoryShape;
import dev.runnel.translator.Translation;
import dev.runnel.translator.Translator;
import dev.runnel.translator.TranslatorOptions;
import dev.runnel.translator.UntranslatableException;
import dev.runnel.translator.WasmFeatures;
import dev.runnel.wasm.TranslatedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/**
 * A program for WASI preview 1, translated to classes of the JVM. Nothing in it belongs to a run;
 * {@link #instance} makes as many as one likes, on any thread.
 */
public final class WasiProgram {
  private static final String CLASS_NAME = "dev.runnel.wasi.guest.Program";
  private static final int EARLY_RETURN_WEIGHT = 60;
  private static final int COMPILER_STACK = 64 << 20;

  static final String COMMAND = "_start";
  static final String REACTOR = "_initialize";

  private final TranslatedModule module;

  private WasiProgram(TranslatedModule module) {
    this.module = module;
  }

  /**
   * Checks and translates a program. Takes a hundred times its size of the JVM's heap for a while.
   *
   * @throws WasiException if it isn't WebAssembly, uses what isn't supported, or imports what WASI
   *     preview 1 doesn't have
   */
  public static WasiProgram compile(byte[] wasm) throws WasiException, InterruptedException {
    var task = new FutureTask<>(() -> compileHere(wasm));
    Thread thread = new Thread(null, task, "wasi-compiler", COMPILER_STACK);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw refusal(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  /** Parser and compiler are written for modules that somebody checked: whatever fails, fails. */
  private static WasiException refusal(Throwable cause) {
    return switch (cause) {
      case WasiException known -> known;
      case UntranslatableException unsupported ->
          new WasiException(String.valueOf(unsupported.getMessage()), unsupported);
      case StackOverflowError deep -> new WasiException("The module is nested too deeply.", deep);
      case OutOfMemoryError large ->
          new WasiException("The module is too large to compile.", large);
      default ->
          new WasiException("The module is not valid: %s.".formatted(cause.getMessage()), cause);
    };
  }

  private static WasiProgram compileHere(byte[] wasm) throws WasiException {
    WasmModule parsed = Parser.parse(wasm);
    WasmFeatures.check(parsed);
    checkImports(parsed);
    TranslatorOptions options =
        TranslatorOptions.named(CLASS_NAME)
            .withEarlyReturnWeight(EARLY_RETURN_WEIGHT)
            .withMemory(MemoryShape.GUARDED);
    Translation translation = Translator.translate(wasm, options);
    var loader = translation.loader(WasiProgram.class.getClassLoader());
    return new WasiProgram(TranslatedModule.load(CLASS_NAME, loader));
  }

  private static void checkImports(WasmModule module) throws WasiException {
    List<String> foreign = new ArrayList<>();
    List<String> known = WasiInstance.functionNames();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      var imported = module.importSection().getImport(i);
      boolean isKnown =
          imported.module().equals(Preview1.MODULE)
              && imported.importType() == ExternalType.FUNCTION
              && known.contains(imported.name());
      if (!isKnown) {
        foreign.add(imported.module() + "." + imported.name());
      }
    }
    if (!foreign.isEmpty()) {
      throw new WasiException(
          "The program imports %s, which %s doesn't have."
              .formatted(String.join(", ", foreign), Preview1.MODULE));
    }
  }

  /** Whether it can be run from its start to an end. */
  public boolean isCommand() {
    return function(COMMAND).isPresent();
  }

  TranslatedModule module() {
    return module;
  }

  /** The type of an exported function. */
  Optional<FunctionType> function(String name) {
    WasmModule metadata = module.metadata();
    for (int i = 0; i < metadata.exportSection().exportCount(); i++) {
      Export export = metadata.exportSection().getExport(i);
      if (export.name().equals(name) && export.exportType() == ExternalType.FUNCTION) {
        return Optional.of(type(metadata, export.index()));
      }
    }
    return Optional.empty();
  }

  private static FunctionType type(WasmModule module, int function) {
    int imported = module.importSection().count(ExternalType.FUNCTION);
    if (function >= imported) {
      return module.functionSection().getFunctionType(function - imported, module.typeSection());
    }
    return module.importSection().stream()
        .filter(FunctionImport.class::isInstance)
        .map(FunctionImport.class::cast)
        .skip(function)
        .map(each -> module.typeSection().getType(each.typeIndex()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A fresh instance, which has run nothing yet.
   *
   * @throws WasiException if a folder can't be opened, or its limits are too small to begin
   */
  public WasiInstance instance(WasiOptions options) throws WasiException {
    try {
      return new WasiInstance(this, options);
    } catch (WasmEngineException e) {
      String reason = String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
      throw new WasiException("The program can't be started: %s.".formatted(reason), e);
    }
  }
}
