package dev.runnel.quickjs;

import dev.runnel.wasm.GuestInterruptedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * What the wasm module imports: the engine's own calls, and of WASI a clock, random bytes and a
 * place for the text of a failed assertion.
 */
final class HostImports {
  private static final int ERRNO_SUCCESS = 0;
  private static final int ERRNO_BADF = 8;
  private static final int ERRNO_NOSYS = 52;
  private static final int MOST_LAST_WORDS = 1024;

  /** More than the C library ever asks for at once. */
  private static final int MOST_RANDOM = 4096;

  private static final int MOST_VECTORS = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The isolate's side of the engine's own imports. */
  interface Calls {
    void hostFunction(int id, int argumentCount, int arguments, int result);

    /** The function that the values at {@code data} stand for. */
    void wasmFunction(int data, int argumentCount, int arguments, int result);

    /** 0 or -1. */
    int initModule(int module);

    /** The address of a C string that QuickJS frees, or 0 with an exception pending. */
    int normalizeModule(int referrer, int specifier);

    /** The address of the module, or 0 with an exception pending. */
    int loadModule(int name);

    void rejection(long promise, long reason, boolean handled);

    boolean interrupted();

    void clockRead();

    ZoneId zone();
  }

  private final Calls calls;
  private final StringBuilder lastWords = new StringBuilder();

  HostImports(Calls calls) {
    this.calls = calls;
  }

  /** What the guest's C code printed before it aborted. */
  String lastWords() {
    return lastWords.toString().strip();
  }

  HostFunction[] functions() {
    return new HostFunction[] {
      env("host_call", 5, 1, this::hostCall),
      env("host_interrupt", 0, 1, this::interrupt),
      env("host_promise_rejection", 3, 0, this::rejection),
      env("host_module_normalize", 2, 1, this::normalize),
      env("host_module_load", 2, 1, (_, a) -> result(calls.loadModule((int) a[0]))),
      env("host_get_timezone_offset", 2, 1, (_, a) -> result(zoneOffset(a[0], a[1]))),
      wasi("clock_time_get", List.of(ValType.I32, ValType.I64, ValType.I32), this::clock),
      wasi("random_get", i32s(2), this::random),
      wasi("fd_write", i32s(4), this::write),
      wasi("fd_close", i32s(1), (_, _) -> result(ERRNO_NOSYS)),
      wasi("fd_fdstat_get", i32s(2), (_, _) -> result(ERRNO_BADF)),
      wasi(
          "fd_seek",
          List.of(ValType.I32, ValType.I64, ValType.I32, ValType.I32),
          (_, _) -> result(ERRNO_NOSYS))
    };
  }

  // ---- The engine's own ----

  /** The functions that the build appends pass a marker where the original passed a length. */
  private long[] hostCall(Instance instance, long[] a) {
    return switch ((int) a[1]) {
      case EngineModule.CALL_FUNCTION -> {
        calls.hostFunction((int) a[0], (int) a[3], (int) a[4], (int) a[2]);
        yield result(0);
      }
      case EngineModule.CALL_WASM -> {
        calls.wasmFunction((int) a[0], (int) a[3], (int) a[4], (int) a[2]);
        yield result(0);
      }
      case EngineModule.CALL_MODULE_INIT -> result(calls.initModule((int) a[0]));
      default -> throw new IllegalStateException("The guest called a function by name.");
    };
  }

  private long[] interrupt(Instance instance, long[] a) {
    if (calls.interrupted()) {
      throw new GuestInterruptedException();
    }
    return result(0);
  }

  private long[] rejection(Instance instance, long[] a) {
    Memory memory = instance.memory();
    calls.rejection(memory.readLong((int) a[0]), memory.readLong((int) a[1]), a[2] != 0);
    return new long[0];
  }

  private long[] normalize(Instance instance, long[] a) {
    return result(calls.normalizeModule((int) a[0], (int) a[1]));
  }

  // ---- WASI ----

  /** Full milliseconds only: a finer clock helps to measure what other programs do. */
  private long[] clock(Instance instance, long[] a) {
    calls.clockRead();
    instance.memory().writeLong((int) a[2], System.currentTimeMillis() * 1_000_000L);
    return result(ERRNO_SUCCESS);
  }

  private long[] random(Instance instance, long[] a) {
    byte[] bytes = new byte[Math.min((int) a[1], MOST_RANDOM)];
    RANDOM.nextBytes(bytes);
    instance.memory().write((int) a[0], bytes);
    return result(ERRNO_SUCCESS);
  }

  private long[] write(Instance instance, long[] a) {
    Memory memory = instance.memory();
    int total = 0;
    for (int i = 0; i < Math.min((int) a[2], MOST_VECTORS); i++) {
      int vector = (int) a[1] + i * 8;
      int length = memory.readInt(vector + 4);
      keep(memory.readBytes(memory.readInt(vector), length));
      total += length;
    }
    memory.writeI32((int) a[3], total);
    return result(ERRNO_SUCCESS);
  }

  private void keep(byte[] printed) {
    int room = MOST_LAST_WORDS - lastWords.length();
    String text = new String(printed, StandardCharsets.UTF_8);
    lastWords.append(text, 0, Math.min(room, text.length()));
  }

  private int zoneOffset(long high, long low) {
    Instant instant = Instant.ofEpochSecond(high << 32 | low & 0xffffffffL);
    return calls.zone().getRules().getOffset(instant).getTotalSeconds();
  }

  // ---- Shapes ----

  private static HostFunction env(
      String name, int parameters, int results, WasmFunctionHandle function) {
    return new HostFunction(
        "env", name, FunctionType.of(i32s(parameters), i32s(results)), function);
  }

  private static HostFunction wasi(
      String name, List<ValType> parameters, WasmFunctionHandle function) {
    return new HostFunction(
        "wasi_snapshot_preview1", name, FunctionType.of(parameters, i32s(1)), function);
  }

  private static List<ValType> i32s(int count) {
    return Collections.nCopies(count, ValType.I32);
  }

  private static long[] result(int value) {
    return new long[] {value};
  }
}
