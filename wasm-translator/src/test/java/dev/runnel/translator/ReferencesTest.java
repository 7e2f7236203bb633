package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/** What the splitter can't split stays whole, works, and is named. */
class ReferencesTest {
  private static final FunctionType UNARY = type(List.of(I32), I32);
  private static final TranslatorOptions SPLIT =
      TranslatorOptions.named("test.Split").withLargestMethod(1).withRegionWeight(1);

  @Test
  void aFunctionWithAnObjectLocalAcrossRegionsStaysWhole() {
    WasmEditor module = withMemory();
    define(
        module,
        "f",
        UNARY,
        code -> {
          int object = code.local(ValType.AnyRef);
          code.get(0).op(OpCode.REF_I31).set(object);
          code.get(0).open(OpCode.IF).i32(5).op(OpCode.REF_I31).set(object).end();
          code.get(object).op(OpCode.REF_IS_NULL);
        });

    Translation translation = Translator.translate(module.toBytes(), SPLIT);

    assertThat(translation.warnings())
        .containsExactly(
            "Not split, so HotSpot will interpret it: func_0: an object reference lives across its"
                + " regions.");
    assertThat(TestModule.load(translation).newInstance().build().export("f").apply(0))
        .containsExactly(0);
  }

  @Test
  void aFunctionThatCatchesStaysWhole() {
    WasmEditor module = withMemory();
    define(module, "f", UNARY, ReferencesTest::catching);

    Translation translation = Translator.translate(module.toBytes(), SPLIT);

    assertThat(translation.warnings())
        .containsExactly("Not split, so HotSpot will interpret it: func_0: it catches exceptions.");
    assertThat(TestModule.load(translation).newInstance().build().export("f").apply(3))
        .containsExactly(4);
  }

  /** {@code block (try_table (catch_all 0) …) end}. */
  private static void catching(CodeBuilder code) {
    int catchAll = 2;
    code.open(OpCode.BLOCK).open(OpCode.TRY_TABLE).raw(1, catchAll, 0);
    code.get(0).i32(1).op(OpCode.I32_ADD).set(0).end().end().get(0);
  }

  @Test
  void aFunctionOfMoreParametersThanTheJvmAllowsStaysWhole() {
    int count = 300;
    WasmEditor module = withMemory();
    FunctionType wide = type(Collections.nCopies(count, I32), I32);
    int last =
        define(
            module,
            "last",
            wide,
            code -> code.get(0).open(OpCode.IF, I32).get(count - 1).op(OpCode.ELSE).get(1).end());
    define(
        module,
        "f",
        UNARY,
        code -> {
          for (int i = 0; i < count; i++) {
            code.get(0).i32(i).op(OpCode.I32_ADD);
          }
          code.call(last);
        });

    Translation translation = Translator.translate(module.toBytes(), SPLIT);

    assertThat(TestModule.load(translation).newInstance().build().export("f").apply(1000))
        .containsExactly(1299);
  }
}
