package dev.runnel.translator;

import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.Sections;
import dev.runnel.translator.binary.WasmEditor;
import dev.runnel.wasm.TranslatedModule;
import java.util.List;
import java.util.function.Consumer;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Modules written by hand, and the ways to run them. */
public final class TestModule {
  public static final ValType I32 = ValType.I32;
  public static final ValType I64 = ValType.I64;
  public static final ValType F32 = ValType.F32;
  public static final ValType F64 = ValType.F64;

  private static final byte[] EMPTY = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private TestModule() {}

  public static FunctionType type(List<ValType> parameters, ValType... results) {
    return FunctionType.of(parameters, List.of(results));
  }

  /** A module with a memory of one to four pages, exported as {@code memory}, and nothing else. */
  public static WasmEditor withMemory() {
    Sections sections = Sections.parse(EMPTY);
    sections.put(Sections.MEMORY, new byte[] {1, 1, 1, 4});
    sections.put(Sections.EXPORT, new ByteWriter().u32(1).name("memory").u8(2).u32(0).toBytes());
    return new WasmEditor(sections.toBytes());
  }

  /** As {@link #withMemory()}, with an empty function table. */
  public static WasmEditor withTable() {
    Sections sections = Sections.parse(withMemory().toBytes());
    sections.put(Sections.TABLE, new byte[] {1, 0x70, 1, 0, 0});
    return new WasmEditor(sections.toBytes());
  }

  /** Adds and exports a function. */
  public static int define(
      WasmEditor module, String name, FunctionType type, Consumer<CodeBuilder> code) {
    CodeBuilder builder = CodeBuilder.of(type);
    code.accept(builder);
    int function = module.addFunction(type, builder.toBody());
    module.exportFunction(name, function);
    return function;
  }

  public static Instance interpreted(byte[] wasm) {
    return Instance.builder(Parser.parse(wasm)).withImportValues(ImportValues.empty()).build();
  }

  public static Instance translated(byte[] wasm, TranslatorOptions options) {
    return load(Translator.translate(wasm, options)).newInstance().build();
  }

  public static TranslatedModule load(Translation translation) {
    return TranslatedModule.load(
        translation.className(), translation.loader(TestModule.class.getClassLoader()));
  }
}
