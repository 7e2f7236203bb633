package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The same quickjs.wasm on Endive's compiler as it comes, with its own memory and its own
 * interruption checks. Usage: java … StockEndiveRenderer QUICKJS_WASM
 */
final class StockEndiveRenderer extends Renderer {
  private static final ValType I32 = ValType.I32;
  private static final ValType I64 = ValType.I64;
  private static final long[] ZERO = {0};

  /** WASI's "not supported". */
  private static final long[] REFUSED = {52};

  private final Instance instance;
  private final Memory memory;
  private final long render;
  private final long undefined;

  private StockEndiveRenderer(Path wasm, String page) {
    WasmModule module = Parser.parse(wasm);
    instance =
        Instance.builder(module)
            .withImportValues(imports())
            .withStart(false)
            .withMachineFactory(
                MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile())
            .build();
    memory = instance.memory();
    call("_initialize");
    call("qjs_init");
    call("qjs_set_max_stack_size", 512 << 10);
    evaluate(page);
    undefined = call("qjs_get_undefined");
    render = property(call("qjs_get_global"), "render");
  }

  private static ImportValues imports() {
    return ImportValues.builder()
        .addFunction(
            env("host_call", 5, 1),
            env("host_interrupt", 0, 1),
            env("host_promise_rejection", 3, 0),
            env("host_module_normalize", 2, 1),
            env("host_module_load", 2, 1),
            env("host_get_timezone_offset", 2, 1),
            clock(),
            wasi("fd_close", List.of(I32)),
            wasi("fd_fdstat_get", List.of(I32, I32)),
            wasi("fd_seek", List.of(I32, I64, I32, I32)),
            wasi("fd_write", List.of(I32, I32, I32, I32)),
            new HostFunction(
                "wasi_snapshot_preview1",
                "random_get",
                FunctionType.of(List.of(I32, I32), List.of(I32)),
                (_, _) -> ZERO))
        .build();
  }

  private static HostFunction env(String name, int parameters, int results) {
    FunctionType type =
        FunctionType.of(Collections.nCopies(parameters, I32), Collections.nCopies(results, I32));
    return new HostFunction("env", name, type, (_, _) -> results == 0 ? new long[0] : ZERO);
  }

  private static HostFunction wasi(String name, List<ValType> parameters) {
    FunctionType type = FunctionType.of(parameters, List.of(I32));
    return new HostFunction("wasi_snapshot_preview1", name, type, (_, _) -> REFUSED);
  }

  private static HostFunction clock() {
    return new HostFunction(
        "wasi_snapshot_preview1",
        "clock_time_get",
        FunctionType.of(List.of(I32, I64, I32), List.of(I32)),
        (instance, arguments) -> {
          long now = System.currentTimeMillis() * 1_000_000;
          instance.memory().writeLong((int) arguments[2], now);
          return ZERO;
        });
  }

  private long call(String export, long... arguments) {
    long[] results = instance.export(export).apply(arguments);
    return results == null || results.length == 0 ? 0 : results[0];
  }

  private int copy(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int at = (int) call("wasm_malloc", bytes.length + 1);
    memory.write(at, bytes);
    memory.writeByte(at + bytes.length, (byte) 0);
    return at;
  }

  private void evaluate(String source) {
    int code = copy(source);
    int name = copy("page.js");
    call("qjs_free_value", check(call("qjs_eval", code, source.getBytes(UTF_8).length, name, 0)));
    call("wasm_free", code);
    call("wasm_free", name);
  }

  private long property(long object, String name) {
    int text = copy(name);
    long value = call("qjs_get_prop_string", object, text);
    call("wasm_free", text);
    return value;
  }

  private long check(long value) {
    if (call("qjs_is_exception", value) != 0) {
      throw new IllegalStateException(text(call("qjs_get_exception")));
    }
    return value;
  }

  private String text(long value) {
    int at = (int) call("qjs_get_string", value);
    int length = (int) call("strlen", at);
    String text = new String(memory.readBytes(at, length), UTF_8);
    call("qjs_free_cstring", at);
    return text;
  }

  @Override
  String version() {
    return "Endive 1.0.0's compiler as it comes, Java " + Runtime.version();
  }

  @Override
  String render(String seed) {
    int text = copy(seed);
    long argument = call("qjs_new_string", text, seed.length());
    int arguments = (int) call("wasm_malloc", 8);
    memory.writeI32(arguments, (int) argument);
    long result = check(call("qjs_call", render, undefined, 1, arguments));
    String html = text(result);
    call("qjs_free_value", result);
    call("qjs_free_value", argument);
    call("wasm_free", arguments);
    call("wasm_free", text);
    return html;
  }

  public static void main(String[] args) throws IOException {
    Path wasm = Path.of(args[0]);
    if (!Files.isRegularFile(wasm)) {
      throw new IllegalArgumentException("There is no file \"%s\".".formatted(wasm));
    }
    new StockEndiveRenderer(wasm, page()).serve();
  }
}
