package dev.runnel.translator.binary;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.TestModule;
import dev.runnel.translator.binary.FunctionImports.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

class FunctionImportsTest {
  private static final FunctionType UNARY = type(List.of(I32), I32);
  private static final Wanted KEPT = new Wanted("host", "kept", UNARY);
  private static final Wanted ADDED = new Wanted("host", "added", type(List.of(I32, I32), I32));

  /**
   * Imports dropped and kept; sum(x) = dropped(x) + kept(x), and indirect(x) calls sum by the
   * table.
   */
  private static byte[] program() {
    Sections sections = Sections.parse(TestModule.withTable().toBytes());
    ByteWriter types = new ByteWriter().u32(1);
    ValueTypes.write(types, UNARY);
    sections.put(Sections.TYPE, types.toBytes());
    sections.put(
        Sections.IMPORT,
        new ByteWriter()
            .u32(2)
            .bytes(new ByteWriter().name("host").name("dropped").u8(0).u32(0).toBytes())
            .bytes(new ByteWriter().name("host").name("kept").u8(0).u32(0).toBytes())
            .toBytes());
    WasmEditor module = new WasmEditor(sections.toBytes());
    int sum =
        TestModule.define(
            module, "sum", UNARY, code -> code.get(0).call(0).get(0).call(1).op(OpCode.I32_ADD));
    int slot = module.addTableEntries(sum);
    TestModule.define(
        module,
        "indirect",
        UNARY,
        code ->
            code.get(0)
                .i32(slot)
                .op(OpCode.CALL_INDIRECT, module.typeIndex(UNARY), 0)
                .f64(1.5)
                .op(OpCode.DROP));
    return module.toBytes();
  }

  private static Instance run(byte[] wasm) {
    ImportValues imports =
        ImportValues.builder()
            .addFunction(
                new HostFunction("host", "added", ADDED.type(), (_, a) -> new long[] {a[0] * a[1]}))
            .addFunction(new HostFunction("host", "kept", UNARY, (_, a) -> new long[] {a[0] + 1}))
            .build();
    return Instance.builder(Parser.parse(wasm)).withImportValues(imports).build();
  }

  @Test
  void callsGoWhereTheyWentThoughAllIndexesHaveChanged() {
    WasmEditor editor =
        new WasmEditor(FunctionImports.replace(program(), List.of(ADDED, ADDED, KEPT)));
    int dropped = editor.exportedFunction("host.dropped");
    editor.replaceBody(dropped, CodeBuilder.of(UNARY).get(0).i32(10).call(0).toBody());

    Instance instance = run(editor.toBytes());

    assertThat(instance.export("sum").apply(4)).containsExactly(45);
    assertThat(instance.export("indirect").apply(4)).containsExactly(45);
  }

  @Test
  void whatIsNoLongerImportedTrapsUntilItHasABody() {
    byte[] wasm = FunctionImports.replace(program(), List.of(KEPT));

    assertThat(Parser.parse(wasm).importSection().importCount()).isEqualTo(1);
    assertThatThrownBy(() -> run(wasm).export("sum").apply(4)).hasMessageContaining("unreachable");
  }
}
