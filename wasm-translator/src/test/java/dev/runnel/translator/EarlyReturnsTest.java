package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.I64;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

class EarlyReturnsTest {
  private static final FunctionType BINARY = type(List.of(I32, I32), I32);
  private static final TranslatorOptions EARLY =
      TranslatorOptions.named("test.Early").withLargestInlined(0);

  private static Translation translate(Consumer<CodeBuilder> code, TranslatorOptions options) {
    WasmEditor module = withMemory();
    define(module, "f", BINARY, code);
    return Translator.translate(module.toBytes(), options);
  }

  private static long call(Translation translation, int a, int b) {
    return TestModule.load(translation).newInstance().build().export("f").apply(a, b)[0];
  }

  /** Releases a reference: counts memory[a] down, and sums the next b cells only at zero. */
  private static void release(CodeBuilder code) {
    int count = code.local(I32);
    int sum = code.local(I64);
    code.open(OpCode.BLOCK);
    code.get(0).get(0).memory(OpCode.I32_LOAD, 0).i32(1).op(OpCode.I32_SUB).tee(count);
    code.memory(OpCode.I32_STORE, 0);
    code.get(count).brIf(0);
    code.open(OpCode.LOOP).get(sum).get(0).memory(OpCode.I64_LOAD32_U, 4);
    code.op(OpCode.I64_ADD).set(sum).get(0).i32(4).op(OpCode.I32_ADD).set(0);
    code.get(1).i32(1).op(OpCode.I32_SUB).tee(1).brIf(0).end();
    code.get(sum).op(OpCode.I32_WRAP_I64).set(count);
    code.end().get(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 1000})
  void bothPartsTogetherDoWhatTheWholeDoes(int weight) {
    WasmEditor module = withMemory();
    define(module, "f", BINARY, EarlyReturnsTest::release);
    byte[] wasm = module.toBytes();
    Instance expected = TestModule.interpreted(wasm);
    Instance actual = TestModule.translated(wasm, EARLY.withEarlyReturnWeight(weight));
    for (Instance instance : List.of(expected, actual)) {
      instance.memory().writeI32(64, 2);
      instance.memory().writeI32(68, 40);
      instance.memory().writeI32(72, 2);
    }

    for (int i = 0; i < 2; i++) {
      assertThat(actual.export("f").apply(64, 2)).isEqualTo(expected.export("f").apply(64, 2));
    }

    assertThat(actual.memory().readBytes(0, 128)).isEqualTo(expected.memory().readBytes(0, 128));
  }

  @Test
  void countsTheFunctionsItCut() {
    Translation translation = translate(EarlyReturnsTest::release, EARLY.withEarlyReturnWeight(40));

    assertThat(translation.summary())
        .containsExactly("1 functions return early from an entry of their own");
  }

  @Test
  void leavesFunctionsAloneThatReturnOnlyAtTheEndOfAll() {
    Translation translation =
        translate(
            code -> {
              code.open(OpCode.LOOP).get(0).i32(1).op(OpCode.I32_SUB).tee(0).brIf(0).end();
              code.get(1);
            },
            EARLY.withEarlyReturnWeight(40));

    assertThat(translation.summary()).isEmpty();
    assertThat(call(translation, 3, 9)).isEqualTo(9);
  }

  @Test
  void cutsNothingUnlessAsked() {
    assertThat(translate(EarlyReturnsTest::release, EARLY).summary()).isEmpty();
  }

  @Test
  void restsThatAreTooLargeAreSplit() {
    Translation translation =
        translate(
            EarlyReturnsTest::release,
            EARLY.withEarlyReturnWeight(40).withLargestMethod(1).withRegionWeight(1));

    assertThat(translation.summary()).anyMatch(line -> line.startsWith("func_0_rest: "));
    assertThat(translation.warnings()).isEmpty();
  }
}
