package dev.runnel.portable.build;

import dev.runnel.quickjs.build.PinnedModule;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.FunctionImports;
import dev.runnel.translator.binary.FunctionIndex;
import dev.runnel.translator.binary.WasmEditor;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.Element;
import run.endive.wasm.types.OpCode;

/**
 * The engine and the driver in one module, which imports nothing but WASI.
 *
 * @param wasm with all that the engine exports, for whoever starts it in Java
 * @param primitives what JavaScript is to be given
 */
record PortableModule(byte[] wasm, List<Primitive> primitives) {

  static PortableModule of(byte[] quickjs) {
    byte[] engine = FunctionImports.replace(PinnedModule.patched(quickjs), WasiCall.imports());
    WasmEditor editor = new WasmEditor(engine);
    List<Primitive> primitives = Driver.addTo(editor);
    return new PortableModule(editor.toBytes(), primitives);
  }

  /**
   * The same module for shipping: functions that nothing reaches from {@code _start} or the table
   * have no code any more. Their indexes stay, so that it fits what was made of the whole module.
   */
  byte[] reduced() {
    WasmEditor editor = new WasmEditor(wasm);
    FunctionIndex functions = new FunctionIndex(editor.original());
    BitSet reached = reached(editor, functions);
    for (int function = WasiCall.values().length; function < functions.count(); function++) {
      if (!reached.get(function)) {
        CodeBuilder trap = CodeBuilder.of(functions.type(function)).op(OpCode.UNREACHABLE);
        editor.replaceBody(function, trap.toBody());
      }
    }
    return editor.toBytes();
  }

  private static BitSet reached(WasmEditor editor, FunctionIndex functions) {
    BitSet reached = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(editor.exportedFunction("_start"));
    for (Element element : editor.original().elementSection().elements()) {
      element.initializers().stream()
          .flatMap(List::stream)
          .filter(instruction -> instruction.opcode() == OpCode.REF_FUNC)
          .forEach(reference -> open.add((int) reference.operand(0)));
    }
    while (!open.isEmpty()) {
      int function = open.remove();
      if (!reached.get(function)) {
        reached.set(function);
        for (AnnotatedInstruction instruction : functions.instructions(function)) {
          switch (instruction.opcode()) {
            case CALL, RETURN_CALL, REF_FUNC -> open.add((int) instruction.operand(0));
            default -> {}
          }
        }
      }
    }
    return reached;
  }
}
