package dev.runnel.quickjs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;

/**
 * An instance of a program's module, with what the guest holds for it.
 *
 * <p>{@code holder} is the guest's array that lives as long as anything can call into the instance;
 * it keeps what the instance imports and its function objects alive. Java borrows them.
 */
final class WasmInstance {
  private static final int INSTANCE_BYTES = 8192;
  private static final int BYTES_PER_FUNCTION = 24;
  private static final int BYTES_PER_GLOBAL = 80;

  final int id;
  final WasmCode code;
  final long holder;

  /** Functions that WebAssembly exported, by import; null for one of JavaScript. */
  final List<@Nullable WasmFunction> imported = new ArrayList<>();

  final Map<Integer, WasmFunction> functions = new HashMap<>();
  final List<WasmMemory> memories = new ArrayList<>();
  final List<WasmTable> tables = new ArrayList<>();
  private @Nullable Instance instance;

  /** What it takes of Java's heap, in bytes. */
  long cost() {
    var module = code.module().metadata();
    return INSTANCE_BYTES
        + (long) BYTES_PER_FUNCTION * code.functions()
        + (long) BYTES_PER_GLOBAL * module.globalSection().globalCount();
  }

  WasmInstance(int id, WasmCode code, long holder) {
    this.id = id;
    this.code = code;
    this.holder = holder;
  }

  void is(Instance built) {
    instance = built;
  }

  Instance instance() {
    return Objects.requireNonNull(instance);
  }
}
