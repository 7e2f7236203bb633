package dev.runnel.quickjs.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.TranslatedModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;

/** A QuickJS on a fresh translation, to try intrinsics on. Whatever it asks its host is 0. */
final class ScratchQuickJs {
  private final Instance instance;

  ScratchQuickJs(TranslatedModule module) {
    ImportValues imports = ImportValues.builder().addFunction(zeros(module)).build();
    instance = module.newInstance().withImportValues(imports).build();
    call("_initialize");
    if (call("qjs_init") != 0) {
      throw new IllegalStateException("QuickJS doesn't start.");
    }
  }

  private static HostFunction[] zeros(TranslatedModule module) {
    List<HostFunction> functions = new ArrayList<>();
    for (int i = 0; i < module.metadata().importSection().importCount(); i++) {
      Import imported = module.metadata().importSection().getImport(i);
      if (imported instanceof FunctionImport function) {
        FunctionType type = module.metadata().typeSection().getType(function.typeIndex());
        functions.add(
            new HostFunction(
                function.module(),
                function.name(),
                type,
                (_, _) -> new long[type.returns().size()]));
      }
    }
    return functions.toArray(HostFunction[]::new);
  }

  /** Runs a script and returns its completion value as text; what it throws as well. */
  String evaluate(String script) {
    byte[] source = script.getBytes(UTF_8);
    int code = place(source);
    int name = place("check.js".getBytes(UTF_8));
    int value = (int) call("qjs_eval", code, source.length, name, 0);
    if (call("qjs_is_exception", value) != 0) {
      value = (int) call("qjs_get_exception");
    }
    int text = (int) call("qjs_get_string", value);
    return instance.memory().readCString(text);
  }

  /** Copies bytes into the guest, with a 0 behind them. */
  int place(byte[] bytes) {
    int address = (int) call("malloc", bytes.length + 1);
    memory().write(address, bytes, 0, bytes.length);
    memory().writeByte(address + bytes.length, (byte) 0);
    return address;
  }

  /** The address of these bytes, which the heap must hold. */
  int find(byte[] bytes) {
    byte[] heap = memory().bytes();
    for (int at = 0; at <= heap.length - bytes.length; at++) {
      if (Arrays.equals(heap, at, at + bytes.length, bytes, 0, bytes.length)) {
        return at;
      }
    }
    throw new IllegalStateException("The heap doesn't hold the bytes that were sought.");
  }

  Instance instance() {
    return instance;
  }

  FlatMemory memory() {
    return (FlatMemory) instance.memory();
  }

  private long call(String export, long... arguments) {
    long[] results = instance.export(export).apply(arguments);
    return results == null || results.length == 0 ? 0 : results[0];
  }
}
