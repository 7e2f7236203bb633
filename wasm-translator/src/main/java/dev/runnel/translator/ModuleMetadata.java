package dev.runnel.translator;

import dev.runnel.translator.binary.ByteReader;
import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.Sections;
import dev.runnel.wasm.TranslatedModule;
import java.util.Set;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.Global;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/** What remains of a module once its code is classes. */
final class ModuleMetadata {
  private static final byte[] UNREACHABLE = {0x00, 0x00, 0x0b};
  private static final byte[] EMPTY_MEMORY = {0x01, 0x01, 0x00, 0x00};

  private ModuleMetadata() {}

  /**
   * The module with every body but the interpreted ones replaced by {@code unreachable}, and
   * without custom sections. A module that has no memory gets an empty one: the interrupt flag
   * lives there.
   */
  static byte[] strip(byte[] wasm, WasmModule module, Set<Integer> interpreted) {
    Sections sections = Sections.parse(wasm);
    sections.removeCustom();
    if (sections.has(Sections.CODE)) {
      int imported = module.importSection().count(ExternalType.FUNCTION);
      sections.put(Sections.CODE, stripCode(sections.reader(Sections.CODE), imported, interpreted));
    }
    if (module.importSection().count(ExternalType.MEMORY) == 0
        && module.memorySection().map(memory -> memory.memoryCount()).orElse(0) == 0) {
      sections.put(Sections.MEMORY, EMPTY_MEMORY);
    }
    return sections.toBytes();
  }

  private static byte[] stripCode(ByteReader code, int imported, Set<Integer> interpreted) {
    int count = code.u32();
    ByteWriter out = new ByteWriter().u32(count);
    for (int i = 0; i < count; i++) {
      byte[] body = code.take(code.u32());
      out.sized(interpreted.contains(imported + i) ? body : UNREACHABLE);
    }
    return out.toBytes();
  }

  /**
   * The index, among the module's own globals, of its stack pointer: the one exported as {@code
   * __stack_pointer}, else the first global if it is a variable i32, which is where LLVM puts it.
   * Any such global may live beside the memory; guessing wrong costs nothing. It must be the
   * module's own memory, for a shared one can't hold the stack pointers of several modules.
   */
  static int stackPointer(WasmModule module) {
    int memories = module.memorySection().map(memory -> memory.memoryCount()).orElse(0);
    if (memories == 0 || module.importSection().count(ExternalType.MEMORY) > 0) {
      return TranslatedModule.NO_STACK_POINTER;
    }
    int index = exported(module) - module.importSection().count(ExternalType.GLOBAL);
    int candidate = Math.max(index, 0);
    if (candidate >= module.globalSection().globalCount()) {
      return TranslatedModule.NO_STACK_POINTER;
    }
    Global global = module.globalSection().getGlobal(candidate);
    boolean fits =
        global.mutabilityType() == MutabilityType.Var && global.valueType().equals(ValType.I32);
    return fits ? candidate : TranslatedModule.NO_STACK_POINTER;
  }

  private static int exported(WasmModule module) {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.GLOBAL && export.name().equals("__stack_pointer")) {
        return export.index();
      }
    }
    return -1;
  }
}
