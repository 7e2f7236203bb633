package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import run.endive.runtime.HostFunction;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The functions of {@code wasi_snapshot_preview1}, by name and type. What they do is in the classes
 * that are named {@code Calls}.
 *
 * <p>See the specification, <a
 * href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">preview 1</a>.
 */
final class Preview1 {
  static final String MODULE = "wasi_snapshot_preview1";

  private final List<HostFunction> functions = new ArrayList<>();
  private final Supplier<GuestBytes> memory;

  /**
   * @param memory the program's, which is there when it first calls
   */
  Preview1(Supplier<GuestBytes> memory) {
    this.memory = memory;
  }

  /** One function: its arguments are numbers, and what it answers goes to the memory. */
  interface Call {
    void run(GuestBytes memory, long[] arguments) throws Refusal, IOException;
  }

  /**
   * @param parameters {@code i} for 32 bits, {@code l} for 64
   */
  void add(String name, String parameters, Call call) {
    FunctionType type =
        FunctionType.of(
            parameters.chars().mapToObj(c -> c == 'l' ? ValType.I64 : ValType.I32).toList(),
            List.of(ValType.I32));
    functions.add(
        new HostFunction(
            MODULE, name, type, (_, arguments) -> new long[] {answer(call, arguments).ordinal()}));
  }

  /** A function that doesn't come back. */
  void addEnd(String name, Call call) {
    functions.add(
        new HostFunction(
            MODULE,
            name,
            FunctionType.of(List.of(ValType.I32), List.of()),
            (_, arguments) -> {
              answer(call, arguments);
              return new long[0];
            }));
  }

  private Errno answer(Call call, long[] arguments) {
    try {
      call.run(memory.get(), arguments);
      return Errno.SUCCESS;
    } catch (Refusal refusal) {
      return refusal.errno();
    } catch (IOException e) {
      return Errno.of(e);
    }
  }

  List<HostFunction> functions() {
    return functions;
  }
}
