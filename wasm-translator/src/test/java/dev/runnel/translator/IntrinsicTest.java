package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.I64;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.translator.binary.WasmEditor;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.TranslatedModule;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.wasm.types.OpCode;

public class IntrinsicTest {
  private static final TranslatorOptions OPTIONS = TranslatorOptions.named("test.Intrinsics");

  // ---- The Java side ----

  /** Knows the answer for even numbers only. */
  public static long half(int number, FlatMemory memory, Instance instance) {
    return number % 2 == 0 ? Integer.toUnsignedLong(number / 2) : Intrinsic.DECLINED;
  }

  public static boolean store(int value, FlatMemory memory, Instance instance) {
    if (value < 100) {
      memory.writeI32(0, value);
      return true;
    }
    return false;
  }

  public static long square(long value, FlatMemory memory, Instance instance) {
    return value * value;
  }

  // ---- The guest's side: each function does something else, so that one sees who answered ----

  private static final int HALF = 0;
  private static final int STORE = 1;
  private static final int SQUARE = 2;

  private static byte[] module() {
    WasmEditor module = withMemory();
    define(module, "half", type(List.of(I32), I32), code -> code.i32(-1));
    define(
        module,
        "store",
        type(List.of(I32)),
        code -> code.i32(4).get(0).memory(OpCode.I32_STORE, 0));
    define(module, "square", type(List.of(I64), I64), code -> code.i64(0));
    define(module, "halfOf", type(List.of(I32), I32), code -> code.get(0).call(HALF));
    return module.toBytes();
  }

  private static Intrinsic half(Intrinsic.Check check) {
    return Intrinsic.inFront("half", HALF, IntrinsicTest.class, "half", check);
  }

  private static Instance instance(Translation translation) {
    return TestModule.load(translation).newInstance().build();
  }

  @Test
  void standsInFrontOfAFunctionForAllItsCallers() {
    Translation translation = Translator.translate(module(), OPTIONS, List.of(half(m -> true)));

    Instance instance = instance(translation);

    assertThat(translation.warnings()).isEmpty();
    assertThat(instance.export("half").apply(-10)[0]).isEqualTo(-5);
    assertThat((int) instance.export("halfOf").apply(11)[0]).isEqualTo(-1);
    assertThat(instance.export("halfOf").apply(12)[0]).isEqualTo(6);
  }

  @Test
  void standsInFrontOfAFunctionWithoutResult() {
    Intrinsic store = Intrinsic.inFront("store", STORE, IntrinsicTest.class, "store", m -> true);
    Instance instance = instance(Translator.translate(module(), OPTIONS, List.of(store)));

    instance.export("store").apply(7);
    instance.export("store").apply(700);

    assertThat(instance.memory().readInt(0)).isEqualTo(7);
    assertThat(instance.memory().readInt(4)).isEqualTo(700);
  }

  @Test
  void standsInPlaceOfAFunction() {
    Intrinsic square =
        Intrinsic.inPlace("square", SQUARE, IntrinsicTest.class, "square", m -> true);
    Instance instance = instance(Translator.translate(module(), OPTIONS, List.of(square)));

    assertThat(instance.export("square").apply(1L << 20)).containsExactly(1L << 40);
  }

  @Test
  void isLeftOutWithAWarningIfItsCheckFails() {
    Intrinsic.Check wrong = IntrinsicTest::halfOfThreeIsOne;
    Intrinsic square =
        Intrinsic.inPlace("square", SQUARE, IntrinsicTest.class, "square", m -> true);

    Translation translation = Translator.translate(module(), OPTIONS, List.of(half(wrong), square));

    assertThat(translation.warnings())
        .containsExactly("Intrinsic half is left out: its check failed.");
    assertThat((int) instance(translation).export("half").apply(10)[0]).isEqualTo(-1);
    assertThat(instance(translation).export("square").apply(3)).containsExactly(9);
  }

  private static boolean halfOfThreeIsOne(TranslatedModule module) {
    return module.newInstance().build().export("half").apply(3)[0] == 1;
  }

  @Test
  void isLeftOutWithAWarningIfItsMethodDoesNotFit() {
    Intrinsic misplaced =
        Intrinsic.inPlace("misplaced", HALF, IntrinsicTest.class, "square", m -> true);

    Translation translation = Translator.translate(module(), OPTIONS, List.of(misplaced));

    assertThat(translation.warnings())
        .singleElement()
        .asString()
        .startsWith("Intrinsic misplaced is left out: dev.runnel.translator.IntrinsicTest has no");
  }

  @Test
  void aTranslationGoesBeforeAnOlderOneThatItsParentHas() {
    Translation old = Translator.translate(module(), OPTIONS);
    Translation changed = Translator.translate(module(), OPTIONS, List.of(half(_ -> true)));
    ClassLoader loader = changed.loader(old.loader(IntrinsicTest.class.getClassLoader()));

    Instance instance = TranslatedModule.load(changed.className(), loader).newInstance().build();

    assertThat(instance.export("half").apply(10)[0]).isEqualTo(5);
  }
}
