package dev.runnel.quickjs;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.ValType;

/** A table that counts against the isolate's limit of elements. */
final class WasmTable extends TableInstance {
  private final IntPredicate hasRoom;

  /** Whether JavaScript has an object for it, which then decides how long it lives. */
  boolean exported;

  /**
   * A table of nulls.
   *
   * @param hasRoom takes that many elements from the limit, or answers false
   */
  WasmTable(ValType type, TableLimits limits, int initialValue, IntPredicate hasRoom) {
    // Limits of its own: Endive changes them when the table grows.
    super(new Table(type, new TableLimits(limits.min(), limits.max())), initialValue);
    this.hasRoom = hasRoom;
  }

  @Override
  public int grow(int size, int value, @Nullable Instance instance) {
    return mayGrow(size) ? super.grow(size, value, instance) : -1;
  }

  @Override
  public int growWithRef(int size, @Nullable Object value, @Nullable Instance instance) {
    return mayGrow(size) ? super.growWithRef(size, value, instance) : -1;
  }

  private boolean mayGrow(int size) {
    return size >= 0 && (long) size() + size <= limits().max() && hasRoom.test(size);
  }
}
