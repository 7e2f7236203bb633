package dev.runnel.quickjs;

import dev.runnel.quickjs.WasmScript.Kind;
import dev.runnel.wasm.WindowHost;
import dev.runnel.wasm.WindowMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.runtime.TagInstance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.ValType;

/** Makes instances of modules from what JavaScript gives them to import. */
final class WasmLinker {
  private final WindowHost host;
  private final WasmFunctions functions;
  private final WasmMemories memories;
  private final WasmObjects objects;
  private final WasmCalls calls;
  private final ElementBudget takeElements;

  /** The isolate's limit of elements in tables. */
  @FunctionalInterface
  interface ElementBudget {
    boolean take(ValType type, int count);
  }

  /**
   * @param takeElements takes elements of tables from the isolate's limit, or answers false
   */
  WasmLinker(
      WindowHost host,
      WasmFunctions functions,
      WasmMemories memories,
      WasmObjects objects,
      WasmCalls calls,
      ElementBudget takeElements) {
    this.host = host;
    this.functions = functions;
    this.memories = memories;
    this.objects = objects;
    this.calls = calls;
    this.takeElements = takeElements;
  }

  /**
   * What JavaScript gives for one import.
   *
   * @param function for a function: its object, which the instance's holder keeps alive
   * @param number of a function that WebAssembly exported, or of another object; -1 for a function
   *     of JavaScript
   */
  record Given(long function, int number) {}

  /** Says why a module can't be instantiated with what it was given. */
  static final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    LinkException(Kind kind, String message) {
      super(message, null, false, false);
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }
  }

  /** Links an instance. Its memory and tables are still empty, and no code has run. */
  void link(WasmInstance instance, List<Given> given) throws LinkException {
    WasmModule module = instance.code.module().metadata();
    ImportValues.Builder values = ImportValues.builder();
    for (int i = 0; i < given.size(); i++) {
      add(values, instance, module, i, given.get(i));
    }
    try {
      Instance linked =
          instance
              .code
              .module()
              .newInstance(limits -> ownMemory(instance, limits))
              .withTableFactory((table, initial) -> ownTable(instance, table, initial))
              .withImportValues(values.build())
              .withInitialize(false)
              .build();
      instance.is(linked);
      functions.add(instance);
    } catch (WasmEngineException failed) {
      throw new LinkException(Kind.LinkError, String.valueOf(failed.getMessage()));
    } catch (TooManyElementsException tooMany) {
      throw new LinkException(
          Kind.RangeError, "its tables have more elements than all tables together may have");
    }
  }

  private void add(
      ImportValues.Builder values, WasmInstance instance, WasmModule module, int i, Given given) {
    Import wanted = module.importSection().getImport(i);
    String name = wanted.name();
    switch (wanted.importType()) {
      case FUNCTION ->
          values.addFunction(function(instance, module, (FunctionImport) wanted, given));
      case MEMORY ->
          values.addMemory(
              new ImportMemory("", name, objects.get(given.number(), WasmMemory.class).window));
      case TABLE ->
          values.addTable(new ImportTable("", name, objects.get(given.number(), WasmTable.class)));
      case GLOBAL ->
          values.addGlobal(
              new ImportGlobal("", name, objects.get(given.number(), GlobalInstance.class)));
      case TAG ->
          values.addTag(new ImportTag("", name, objects.get(given.number(), TagInstance.class)));
    }
  }

  private ImportFunction function(
      WasmInstance instance, WasmModule module, FunctionImport wanted, Given given) {
    @Nullable WasmFunction exported = given.number() < 0 ? null : functions.byId(given.number());
    instance.imported.add(exported);
    FunctionType type =
        exported == null ? module.typeSection().getType(wanted.typeIndex()) : exported.type;
    WasmFunctionHandle handle =
        exported == null
            ? calls.new Imported(instance, given.function(), type)
            : calls.new Linked(instance, exported);
    return new ImportFunction("", wanted.name(), type, handle);
  }

  private WindowMemory ownMemory(WasmInstance instance, MemoryLimits limits) {
    WasmMemory memory =
        memories.create(host, limits.initialPages(), limits.maximumPages(), limits.shared());
    instance.memories.add(memory);
    return memory.window;
  }

  private TableInstance ownTable(WasmInstance instance, Table table, int initial) {
    if (table.limits().min() > Integer.MAX_VALUE
        || !takeElements.take(table.elementType(), (int) table.limits().min())) {
      throw new TooManyElementsException();
    }
    WasmTable made =
        new WasmTable(
            table.elementType(),
            table.limits(),
            initial,
            count -> takeElements.take(table.elementType(), count));
    instance.tables.add(made);
    return made;
  }

  private static final class TooManyElementsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyElementsException() {
      super("", null, false, false);
    }
  }
}
