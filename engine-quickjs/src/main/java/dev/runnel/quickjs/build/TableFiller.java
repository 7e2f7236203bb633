package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;

/** Puts added functions into the table, in the order that {@link TableSlot} promises to Java. */
final class TableFiller {
  private final ModuleEditor module;

  TableFiller(ModuleEditor module) {
    this.module = module;
    if (module.tableSize() != TableSlot.FIRST) {
      throw new IllegalStateException(
          "The module's table has %d entries, TableSlot expects %d."
              .formatted(module.tableSize(), TableSlot.FIRST));
    }
  }

  void fill(TableSlot slot, int function) {
    int index = module.addToTable(function);
    if (index != slot.index()) {
      throw new IllegalStateException("%s was added out of order.".formatted(slot));
    }
  }
}
