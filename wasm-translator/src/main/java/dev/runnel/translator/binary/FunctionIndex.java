package dev.runnel.translator.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

/**
 * Questions by which a function is found in a module that names only its exports: who calls it,
 * whom it calls, what type it has, what its code looks like.
 */
public final class FunctionIndex {
  private final WasmModule module;
  private final List<Integer> importedTypes = new ArrayList<>();

  public FunctionIndex(WasmModule module) {
    this.module = module;
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof FunctionImport imported) {
        importedTypes.add(imported.typeIndex());
      }
    }
  }

  public static FunctionIndex of(byte[] wasm) {
    return new FunctionIndex(Parser.parse(wasm));
  }

  /** The number of functions, imported ones included. */
  public int count() {
    return importedTypes.size() + module.functionSection().functionCount();
  }

  public Optional<Integer> exported(String name) {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name)) {
        return Optional.of(export.index());
      }
    }
    return Optional.empty();
  }

  public FunctionType type(int function) {
    return module.typeSection().getType(typeIndex(function));
  }

  int typeIndex(int function) {
    return function < importedTypes.size()
        ? importedTypes.get(function)
        : module.functionSection().getFunctionType(function - importedTypes.size());
  }

  /** The instructions of a function; none for an imported one. */
  public List<AnnotatedInstruction> instructions(int function) {
    return function < importedTypes.size()
        ? List.of()
        : module.codeSection().getFunctionBody(function - importedTypes.size()).instructions();
  }

  /** Functions that a function calls directly, in the order of first calls, each once. */
  public List<Integer> callees(int function) {
    return instructions(function).stream()
        .filter(instruction -> instruction.opcode() == OpCode.CALL)
        .map(call -> (int) call.operand(0))
        .distinct()
        .toList();
  }

  /** Functions with a direct call of this one, ascending. */
  public List<Integer> callers(int function) {
    List<Integer> callers = new ArrayList<>();
    for (int i = importedTypes.size(); i < count(); i++) {
      if (calls(i, function) > 0) {
        callers.add(i);
      }
    }
    return callers;
  }

  /** The number of direct calls of a function in the whole module. */
  public int calls(int function) {
    int calls = 0;
    for (int i = importedTypes.size(); i < count(); i++) {
      calls += calls(i, function);
    }
    return calls;
  }

  private int calls(int caller, int callee) {
    return (int)
        instructions(caller).stream()
            .filter(instruction -> instruction.opcode() == OpCode.CALL)
            .filter(call -> call.operand(0) == callee)
            .count();
  }
}
