package dev.runnel.quickjs;

import run.endive.wasm.types.FunctionType;

/**
 * A function that an instance has, made by its module or given to it by JavaScript.
 *
 * @param id what the guest's function object says it is
 * @param index its index in the instance
 */
final class WasmFunction {
  final int id;
  final WasmInstance owner;
  final int index;
  final FunctionType type;

  /** The function object, which the owner's holder keeps alive; undefined while there is none. */
  long object = Value.UNDEFINED;

  WasmFunction(int id, WasmInstance owner, int index, FunctionType type) {
    this.id = id;
    this.owner = owner;
    this.index = index;
    this.type = type;
  }
}
