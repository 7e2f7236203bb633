package dev.runnel.quickjs;

import dev.runnel.wasm.TranslatedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;

/**
 * A program's WebAssembly module, as classes of the JVM. Nothing in it belongs to an isolate: the
 * same bytes are compiled once for all isolates of the process.
 *
 * @param module the translated code; its imports are named by their numbers
 * @param imports as the program named them
 * @param exports in the order of the file
 * @param customSections the contents of custom sections by name
 * @param functions how many functions it has, imported ones included
 * @param bytes the size of the file
 */
record WasmCode(
    TranslatedModule module,
    List<WasmSections.ImportName> imports,
    List<Export> exports,
    Map<String, List<byte[]>> customSections,
    int functions,
    int bytes) {

  WasmCode {
    imports = List.copyOf(imports);
    exports = List.copyOf(exports);
    customSections = Map.copyOf(customSections);
  }

  static List<Export> exportsOf(WasmModule module) {
    List<Export> exports = new ArrayList<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      exports.add(module.exportSection().getExport(i));
    }
    return exports;
  }

  /** The word of the JavaScript API for a kind of import or export. */
  static String kind(ExternalType type) {
    return switch (type) {
      case FUNCTION -> "function";
      case TABLE -> "table";
      case MEMORY -> "memory";
      case GLOBAL -> "global";
      case TAG -> "tag";
    };
  }
}
