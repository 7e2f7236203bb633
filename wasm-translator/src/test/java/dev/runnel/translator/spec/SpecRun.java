package dev.runnel.translator.spec;

import dev.runnel.translator.TestModule;
import dev.runnel.translator.Translator;
import dev.runnel.translator.TranslatorOptions;
import dev.runnel.wasm.FlatMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import run.endive.runtime.CallResult;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.ValType;
import run.endive.wasm.types.Value;

/** Runs one test script on translated modules, every function split to shreds. */
final class SpecRun {
  private static final TranslatorOptions OPTIONS =
      TranslatorOptions.named("spec.Module").withLargestMethod(1).withRegionWeight(5);

  private final Path folder;
  private final Store store = new Store();
  private final Map<String, Instance> named = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private Optional<Instance> current = Optional.empty();
  private int passed;
  private int skipped;

  SpecRun(Path folder) {
    this.folder = folder;
    addSpectest();
  }

  /** The lines that failed, each with what happened. */
  List<String> failures() {
    return failures;
  }

  int passed() {
    return passed;
  }

  int skipped() {
    return skipped;
  }

  void run(Path script) throws IOException {
    for (String text : Files.readAllLines(script)) {
      Command command = Command.parse(text);
      try {
        run(command);
      } catch (SkippedException e) {
        skipped++;
      } catch (Exception | StackOverflowError | AssertionError e) {
        failures.add("line %d: %s".formatted(command.line(), e));
      }
    }
  }

  /** Says that a command can't be tried, usually because its module was skipped. */
  private static final class SkippedException extends RuntimeException {}

  private void run(Command command) throws IOException {
    switch (command) {
      case Command.Module module -> {
        current = Optional.empty();
        named.remove(module.name());
        current = Optional.of(instantiate(module.file()));
        if (!module.name().isEmpty()) {
          named.put(module.name(), current.get());
        }
      }
      case Command.Register register -> store.register(register.as(), find(register.module()));
      case Command.Do act -> perform(act.action());
      case Command.Returns returns -> expect(returns);
      case Command.Traps traps -> expectTrap(traps);
      case Command.Exhausts exhausts -> expectExhaustion(exhausts.action());
      case Command.Throws throwing -> expectException(throwing.action());
      case Command.Fails fails -> expectFailure(fails.file());
      case Command.Skipped skippedCommand -> {
        if (skippedCommand.head().equals("module")) {
          current = Optional.empty();
        }
        throw new SkippedException();
      }
    }
    passed++;
  }

  private Instance instantiate(String file) throws IOException {
    byte[] wasm = Files.readAllBytes(folder.resolve(file));
    return TestModule.load(Translator.translate(wasm, OPTIONS))
        .newInstance()
        .withImportValues(store.toImportValues())
        .build();
  }

  private Instance find(String name) {
    Optional<Instance> found = name.isEmpty() ? current : Optional.ofNullable(named.get(name));
    return found.orElseThrow(SkippedException::new);
  }

  /** The results: longs, or objects for references that Endive passes as such. */
  private List<Object> perform(Command.Action action) {
    Instance instance = find(action.module());
    if (!action.invokes()) {
      return List.of(instance.exports().global(action.field()).getValue());
    }
    FunctionType type = instance.exportType(action.field());
    ExportFunction function = instance.export(action.field());
    if (!type.hasObjectRefParams() && !type.hasObjectRefReturns()) {
      long[] results = function.apply(SpecValues.longs(action.arguments()));
      return results == null ? List.of() : Arrays.stream(results).<Object>mapToObj(v -> v).toList();
    }
    CallResult results =
        function.applyWithRefs(
            SpecValues.longs(action.arguments()), SpecValues.objects(action.arguments()));
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < type.returns().size(); i++) {
      values.add(
          type.returns().get(i).isObjectRef() ? results.refResult(i) : results.longResult(i));
    }
    return values;
  }

  private void expect(Command.Returns command) {
    List<Object> actual = perform(command.action());
    boolean matches = actual.size() == command.results().size();
    for (int i = 0; matches && i < actual.size(); i++) {
      matches = SpecValues.matches(command.results().get(i), actual.get(i));
    }
    if (!matches) {
      throw new AssertionError("expected %s, got %s".formatted(command.results(), actual));
    }
  }

  private void expectTrap(Command.Traps command) {
    try {
      perform(command.action());
    } catch (WasmEngineException | ArithmeticException trap) {
      if (!saysTheSame(String.valueOf(trap.getMessage()), command.message())) {
        throw new AssertionError("expected " + command.message() + ", got " + trap, trap);
      }
      return;
    }
    throw new AssertionError("no trap");
  }

  /** Messages are no part of the standard; these two of Endive's differ from the scripts'. */
  private static boolean saysTheSame(String actual, String expected) {
    String said = actual.toLowerCase(Locale.ROOT);
    return said.contains(expected)
        || expected.startsWith("unreachable") && said.contains("unreachable")
        || expected.startsWith("uninitialized element") && said.contains("uninitialized element")
        || expected.contains("null") && said.contains("null");
  }

  private void expectExhaustion(Command.Action action) {
    try {
      perform(action);
    } catch (WasmEngineException e) {
      if (String.valueOf(e.getMessage()).contains("call stack exhausted")) {
        return;
      }
      throw e;
    }
    throw new AssertionError("no exhaustion");
  }

  private void expectException(Command.Action action) {
    try {
      perform(action);
    } catch (WasmException expected) {
      return;
    }
    throw new AssertionError("no exception");
  }

  private void expectFailure(String file) throws IOException {
    try {
      instantiate(file);
    } catch (WasmEngineException expected) {
      return;
    }
    throw new AssertionError("instantiated");
  }

  private void addSpectest() {
    String module = "spectest";
    print("print");
    print("print_i32", ValType.I32);
    print("print_i64", ValType.I64);
    print("print_f32", ValType.F32);
    print("print_f64", ValType.F64);
    print("print_i32_f32", ValType.I32, ValType.F32);
    print("print_f64_f64", ValType.F64, ValType.F64);
    global("global_i32", ValType.I32, 666);
    global("global_i64", ValType.I64, 666);
    global("global_f32", ValType.F32, Float.floatToRawIntBits(666.6f));
    global("global_f64", ValType.F64, Double.doubleToRawLongBits(666.6));
    store.addMemory(new ImportMemory(module, "memory", new FlatMemory(new MemoryLimits(1, 2))));
    store.addTable(
        new ImportTable(
            module,
            "table",
            new TableInstance(
                new Table(ValType.FuncRef, new TableLimits(10, 20)), Value.REF_NULL_VALUE)));
  }

  private void print(String name, ValType... parameters) {
    FunctionType type = FunctionType.of(parameters, new ValType[0]);
    store.addFunction(new HostFunction("spectest", name, type, (instance, args) -> null));
  }

  private void global(String name, ValType type, long value) {
    GlobalInstance global =
        GlobalInstance.builder()
            .valueLow(value)
            .valType(type)
            .mutabilityType(MutabilityType.Const)
            .build();
    store.addGlobal(new ImportGlobal("spectest", name, global));
  }
}
