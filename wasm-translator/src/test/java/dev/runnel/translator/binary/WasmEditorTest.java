package dev.runnel.translator.binary;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.I64;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.interpreted;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.TestModule;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

class WasmEditorTest {
  private static final FunctionType UNARY = type(List.of(I32), I32);

  /** twice(x) = 2x, and quadruple(x) calls it two times. */
  private static byte[] program() {
    WasmEditor module = TestModule.withMemory();
    int twice = define(module, "twice", UNARY, code -> code.get(0).i32(2).op(OpCode.I32_MUL));
    define(module, "quadruple", UNARY, code -> code.get(0).call(twice).call(twice));
    return module.toBytes();
  }

  private static long call(byte[] wasm, String name, long... arguments) {
    return interpreted(wasm).export(name).apply(arguments)[0];
  }

  @Test
  void leavesAnUnchangedModuleEqual() {
    assertThat(new WasmEditor(program()).toBytes()).isEqualTo(program());
  }

  @Test
  void wrapsAFunctionForAllItsCallers() {
    WasmEditor editor = new WasmEditor(program());
    int twice = editor.exportedFunction("twice");
    int original = editor.moveBody(twice);
    editor.replaceBody(
        twice, CodeBuilder.of(UNARY).get(0).call(original).i32(1).op(OpCode.I32_ADD).toBody());

    byte[] edited = editor.toBytes();

    assertThat(call(edited, "twice", 5)).isEqualTo(11);
    assertThat(call(edited, "quadruple", 5)).isEqualTo(23);
    assertThat(FunctionIndex.of(edited).calls(original)).isEqualTo(1);
  }

  @Test
  void addsGlobalsOfBothWidths() {
    WasmEditor editor = new WasmEditor(program());
    int narrow = editor.addGlobal(I32, -7);
    int wide = editor.addGlobal(I64, Long.MIN_VALUE);
    define(editor, "narrow", type(List.of(), I32), code -> code.globalGet(narrow));
    define(editor, "wide", type(List.of(), I64), code -> code.globalGet(wide));
    define(editor, "set", type(List.of(I64)), code -> code.get(0).globalSet(wide));

    Instance instance = interpreted(editor.toBytes());

    assertThat((int) instance.export("narrow").apply()[0]).isEqualTo(-7);
    assertThat(instance.export("wide").apply()[0]).isEqualTo(Long.MIN_VALUE);
    instance.export("set").apply(3);
    assertThat(instance.export("wide").apply()[0]).isEqualTo(3);
  }

  @Test
  void addsTableEntriesThatIndirectCallsReach() {
    WasmEditor editor = withTable();
    int plus = define(editor, "plus", UNARY, code -> code.get(0).i32(1).op(OpCode.I32_ADD));
    int minus = define(editor, "minus", UNARY, code -> code.get(0).i32(1).op(OpCode.I32_SUB));
    int first = editor.addTableEntries(plus, minus);
    int second = editor.addTableEntries(plus);
    int unary = editor.typeIndex(UNARY);
    define(
        editor,
        "apply",
        type(List.of(I32, I32), I32),
        code -> code.get(1).get(0).op(OpCode.CALL_INDIRECT, unary, 0));

    byte[] edited = editor.toBytes();

    assertThat(first).isZero();
    assertThat(second).isEqualTo(2);
    assertThat(call(edited, "apply", 0, 10)).isEqualTo(11);
    assertThat(call(edited, "apply", 1, 10)).isEqualTo(9);
    assertThat(call(edited, "apply", 2, 10)).isEqualTo(11);
  }

  @Test
  void redirectsAnExport() {
    WasmEditor editor = new WasmEditor(program());
    editor.exportFunction("twice", editor.exportedFunction("quadruple"));

    assertThat(call(editor.toBytes(), "twice", 5)).isEqualTo(20);
  }

  @Test
  void reusesAFunctionTypeThatIsThere() {
    WasmEditor editor = new WasmEditor(program());

    assertThat(editor.typeIndex(UNARY)).isZero();
    assertThat(editor.typeIndex(type(List.of(I64), I64))).isEqualTo(1);
    assertThat(editor.typeIndex(type(List.of(I64), I64))).isEqualTo(1);
  }

  @Test
  void findsImportedFunctionsAmongOtherImports() {
    Sections sections = Sections.parse(program());
    ByteWriter imports = new ByteWriter().u32(3);
    imports.name("host").name("first").u8(0).u32(0);
    imports.name("host").name("number").u8(3).u8(0x7f).u8(0);
    imports.name("host").name("second").u8(0).u32(0);
    sections.put(Sections.IMPORT, imports.toBytes());
    WasmEditor editor = new WasmEditor(sections.toBytes());

    assertThat(editor.importedFunction("first")).isZero();
    assertThat(editor.importedFunction("second")).isEqualTo(1);
    assertThatThrownBy(() -> editor.importedFunction("number"))
        .hasMessage("The module imports no FUNCTION number.");
  }

  @Test
  void namesWhatItCannotFind() {
    WasmEditor editor = new WasmEditor(program());

    assertThatThrownBy(() -> editor.exportedFunction("thrice"))
        .hasMessage("The module exports no FUNCTION thrice.");
    assertThatThrownBy(() -> editor.replaceBody(99, new byte[0]))
        .hasMessage("Function 99 has no body here.");
    assertThatThrownBy(() -> new WasmEditor(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .hasMessageContaining("magic header");
  }

  @Test
  void findsFunctionsByWhoCallsThem() {
    FunctionIndex index = FunctionIndex.of(program());
    int twice = index.exported("twice").orElseThrow();
    int quadruple = index.exported("quadruple").orElseThrow();

    assertThat(index.callees(quadruple)).containsExactly(twice);
    assertThat(index.callers(twice)).containsExactly(quadruple);
    assertThat(index.calls(twice)).isEqualTo(2);
    assertThat(index.type(twice)).isEqualTo(UNARY);
    assertThat(index.exported("thrice")).isEmpty();
  }
}
