package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import run.endive.wasm.types.FunctionType;

/** Puts added functions into the table, in the order that {@link TableSlot} promises to Java. */
record AddedFunctions(WasmEditor module) {

  void put(TableSlot slot, FunctionType type, CodeBuilder code) {
    int index = module.addTableEntries(module.addFunction(type, code.toBody()));
    if (index != slot.index()) {
      throw new IllegalStateException(
          "%s got entry %d of the table, TableSlot expects %d."
              .formatted(slot, index, slot.index()));
    }
  }
}
