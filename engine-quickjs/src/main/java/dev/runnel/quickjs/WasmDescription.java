package dev.runnel.quickjs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/** What a module imports and exports, as JSON for {@code webassembly.js}. */
final class WasmDescription {
  private final WasmCode code;
  private final WasmModule module;
  private final List<GlobalImport> importedGlobals;

  private WasmDescription(WasmCode code) {
    this.code = code;
    this.module = code.module().metadata();
    this.importedGlobals =
        module.importSection().stream()
            .filter(GlobalImport.class::isInstance)
            .map(GlobalImport.class::cast)
            .toList();
  }

  static String of(WasmCode code) {
    return new WasmDescription(code).json();
  }

  private String json() {
    return "{\"imports\":[%s],\"exports\":[%s]}"
        .formatted(
            IntStream.range(0, code.imports().size())
                .mapToObj(i -> imported(code.imports().get(i), module.importSection().getImport(i)))
                .collect(Collectors.joining(",")),
            code.exports().stream().map(this::exported).collect(Collectors.joining(",")));
  }

  private String imported(WasmSections.ImportName name, Import imported) {
    return "{\"module\":%s,\"name\":%s,\"kind\":\"%s\"%s}"
        .formatted(
            quoted(name.module()),
            quoted(name.name()),
            WasmCode.kind(imported.importType()),
            imported instanceof GlobalImport global
                ? global(global.type(), global.mutabilityType())
                : "");
  }

  private String exported(Export exported) {
    return "{\"name\":%s,\"kind\":\"%s\",\"index\":%d%s}"
        .formatted(
            quoted(exported.name()),
            WasmCode.kind(exported.exportType()),
            exported.index(),
            exported.exportType() == ExternalType.GLOBAL ? global(exported.index()) : "");
  }

  private String global(int index) {
    if (index < importedGlobals.size()) {
      GlobalImport global = importedGlobals.get(index);
      return global(global.type(), global.mutabilityType());
    }
    var global = module.globalSection().getGlobal(index - importedGlobals.size());
    return global(global.valueType(), global.mutabilityType());
  }

  private static String global(ValType type, MutabilityType mutability) {
    return ",\"type\":\"%s\",\"mutable\":%b"
        .formatted(WasmValues.name(type), mutability == MutabilityType.Var);
  }

  private static String quoted(String text) {
    return IntStream.range(0, text.length())
        .mapToObj(i -> quoted(text.charAt(i)))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String quoted(char c) {
    boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
    return plain ? String.valueOf(c) : "\\u%04x".formatted((int) c);
  }
}
