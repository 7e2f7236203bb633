package dev.runnel.translator;

import static dev.runnel.translator.TestModule.F32;
import static dev.runnel.translator.TestModule.F64;
import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.I64;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Every shape of control flow, split into regions of at most so many instructions, against Endive's
 * interpreter.
 */
class ControlFlowTest {
  private static final FunctionType UNARY = type(List.of(I32), I32);

  private static void compare(byte[] wasm, int regionWeight, String name, long... inputs) {
    TranslatorOptions whole = TranslatorOptions.named("test.Whole");
    TranslatorOptions split =
        TranslatorOptions.named("test.Split").withLargestMethod(1).withRegionWeight(regionWeight);
    Instance expected = TestModule.interpreted(wasm);
    Instance unsplit = TestModule.translated(wasm, whole);
    Instance regions = TestModule.translated(wasm, split);
    for (long input : inputs) {
      long[] result = expected.export(name).apply(input);
      assertThat(unsplit.export(name).apply(input)).as("whole, %d", input).isEqualTo(result);
      assertThat(regions.export(name).apply(input)).as("split, %d", input).isEqualTo(result);
    }
  }

  private static void compareUnary(int regionWeight, Consumer<CodeBuilder> code, long... inputs) {
    WasmEditor module = withMemory();
    define(module, "f", UNARY, code);
    compare(module.toBytes(), regionWeight, "f", inputs);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void straightCodeIsCutInTheMiddle(int regionWeight) {
    compareUnary(
        regionWeight,
        code -> {
          code.get(0);
          for (int i = 0; i < 60; i++) {
            code.get(0).i32(i).op(OpCode.I32_MUL).op(OpCode.I32_ADD);
          }
        },
        0,
        1,
        -5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void branchesOfAnIfAgreeOnTheirResult(int regionWeight) {
    compareUnary(
        regionWeight,
        code ->
            code.i32(1000)
                .get(0)
                .open(OpCode.IF, I32)
                .get(0)
                .i32(3)
                .op(OpCode.I32_MUL)
                .op(OpCode.ELSE)
                .i32(77)
                .end()
                .op(OpCode.I32_SUB),
        0,
        1,
        9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void nestedLoopsCarryLocalsAcrossRegions(int regionWeight) {
    compareUnary(
        regionWeight,
        code -> {
          int outer = code.local(I32);
          int inner = code.local(I32);
          int sum = code.local(I32);
          code.open(OpCode.BLOCK).open(OpCode.LOOP);
          code.get(outer).get(0).op(OpCode.I32_GE_S).brIf(1);
          code.i32(0).set(inner).open(OpCode.BLOCK).open(OpCode.LOOP);
          code.get(inner).get(outer).op(OpCode.I32_GE_S).brIf(1);
          code.get(sum).get(inner).get(outer).op(OpCode.I32_XOR).op(OpCode.I32_ADD).set(sum);
          code.get(inner).i32(1).op(OpCode.I32_ADD).set(inner).br(0).end().end();
          code.get(outer).i32(1).op(OpCode.I32_ADD).set(outer).br(0).end().end();
          code.get(sum);
        },
        0,
        1,
        7,
        20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void interpretersDispatchThroughTheirHub(int regionWeight) {
    int cases = 120;
    compareUnary(regionWeight, code -> interpreter(code, cases), 0, 1, 40, 119, 500, -1);
  }

  /** A loop around a switch of many cases; each sets the next state, some end the loop. */
  private static void interpreter(CodeBuilder code, int cases) {
    int steps = code.local(I32);
    int sum = code.local(I64);
    code.open(OpCode.BLOCK).open(OpCode.LOOP);
    code.get(steps).i32(1).op(OpCode.I32_ADD).tee(steps).i32(300).op(OpCode.I32_GT_S).brIf(1);
    for (int i = 0; i <= cases; i++) {
      code.open(OpCode.BLOCK);
    }
    List<Integer> targets = IntStream.range(0, cases).boxed().toList();
    code.get(0).brTable(targets, cases).end();
    for (int i = 0; i < cases; i++) {
      int toLoop = cases - i;
      code.get(sum).i64(31).op(OpCode.I64_MUL).i64(i).op(OpCode.I64_ADD).set(sum);
      code.i32((i * 37 + 11) % (cases + 3)).set(0).br(toLoop).end();
    }
    code.end().end();
    code.get(sum).op(OpCode.I32_WRAP_I64).get(steps).op(OpCode.I32_ADD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void switchesWithSharedAndNestedTargets(int regionWeight) {
    compareUnary(
        regionWeight,
        code -> {
          int value = code.local(I32);
          code.open(OpCode.BLOCK).open(OpCode.BLOCK).open(OpCode.BLOCK).open(OpCode.LOOP);
          code.get(value).i32(5).op(OpCode.I32_ADD).set(value);
          code.get(0).get(value).op(OpCode.I32_ADD).i32(6).op(OpCode.I32_REM_U);
          code.brTable(List.of(0, 1, 0, 2, 3), 1).end();
          code.end().get(value).i32(3).op(OpCode.I32_MUL).set(value);
          code.get(value).i32(1).op(OpCode.I32_AND).brTable(List.of(0), 1).end();
          code.get(value).i32(7).op(OpCode.I32_XOR).set(value).end();
          code.get(value);
        },
        0,
        1,
        2,
        3,
        4,
        5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void blocksTakeAndGiveSeveralValues(int regionWeight) {
    WasmEditor module = withMemory();
    int swap = module.typeIndex(FunctionType.of(List.of(I32, I64), List.of(I64, I32)));
    define(
        module,
        "f",
        UNARY,
        code -> {
          int wide = code.local(I64);
          code.get(0).i64(1L << 40).openTyped(OpCode.BLOCK, swap);
          code.set(wide).set(0).get(wide).get(0).get(0).i32(10).op(OpCode.I32_LT_S).brIf(0);
          code.i32(1).op(OpCode.I32_SHL).end();
          code.set(0).i64(35).op(OpCode.I64_SHR_U).op(OpCode.I32_WRAP_I64);
          code.get(0).op(OpCode.I32_ADD);
        });
    compare(module.toBytes(), regionWeight, "f", 0, 9, 10, 11, -3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void functionsReturnSeveralValues(int regionWeight) {
    WasmEditor module = withMemory();
    FunctionType pair = FunctionType.of(List.of(I32), List.of(I32, F64, I64));
    int divide =
        define(
            module,
            "divide",
            pair,
            code -> {
              code.get(0).open(OpCode.IF).get(0).f64(0.5).i64(-1).op(OpCode.RETURN).end();
              code.i32(4).f64(1.5).get(0).op(OpCode.I64_EXTEND_I32_S);
            });
    define(
        module,
        "f",
        UNARY,
        code -> {
          code.get(0).call(divide).op(OpCode.I32_WRAP_I64).set(0);
          code.op(OpCode.I32_TRUNC_SAT_F64_S).op(OpCode.I32_ADD).get(0).op(OpCode.I32_SUB);
        });
    compare(module.toBytes(), regionWeight, "f", 0, 1, 12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void hundredsOfLocalsOfAllTypesKeepTheirValues(int regionWeight) {
    compareUnary(
        regionWeight,
        code -> {
          List<Integer> locals = new ArrayList<>();
          ValType[] types = {I32, I64, F32, F64};
          for (int i = 0; i < 240; i++) {
            locals.add(code.local(types[i % 4]));
            set(code, i, locals.get(i));
          }
          code.open(OpCode.LOOP).get(0).i32(1).op(OpCode.I32_SUB).tee(0);
          code.i32(0).op(OpCode.I32_GT_S).brIf(0).end();
          code.i64(0);
          for (int i = 0; i < 240; i++) {
            code.get(locals.get(i));
            toI64(code, i);
            code.op(OpCode.I64_ADD);
          }
          code.op(OpCode.I32_WRAP_I64);
        },
        3,
        0);
  }

  private static void set(CodeBuilder code, int i, int local) {
    switch (i % 4) {
      case 0 -> code.get(0).i32(i).op(OpCode.I32_ADD);
      case 1 -> code.i64((long) i << 33);
      case 2 -> code.f32(i + 0.5f);
      default -> code.f64(i * 1.25);
    }
    code.set(local);
  }

  private static void toI64(CodeBuilder code, int i) {
    switch (i % 4) {
      case 0 -> code.op(OpCode.I64_EXTEND_I32_S);
      case 1 -> code.i64(33).op(OpCode.I64_SHR_U);
      case 2 -> code.op(OpCode.I64_TRUNC_F32_S);
      default -> code.op(OpCode.I64_TRUNC_F64_S);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 1000})
  void valuesWaitOnTheStackWhileABlockRuns(int regionWeight) {
    compareUnary(
        regionWeight,
        code -> {
          code.get(0).i64(9).f64(2.5).get(0).open(OpCode.BLOCK, I32);
          code.i32(8).get(0).brIf(0).i32(5).op(OpCode.I32_ADD).end();
          code.op(OpCode.I32_ADD).op(OpCode.F64_CONVERT_I32_S).op(OpCode.F64_MUL);
          code.op(OpCode.I64_TRUNC_SAT_F64_S).op(OpCode.I64_MUL).op(OpCode.I32_WRAP_I64);
          code.op(OpCode.I32_ADD);
        },
        0,
        1,
        33);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void recursionGivesEachCallItsOwnFrame(int regionWeight) {
    WasmEditor module = withMemory();
    int self = module.addFunction(UNARY, new byte[0]);
    module.replaceBody(
        self,
        CodeBuilder.of(UNARY)
            .get(0)
            .i32(2)
            .op(OpCode.I32_LT_S)
            .open(OpCode.IF)
            .get(0)
            .op(OpCode.RETURN)
            .end()
            .get(0)
            .i32(1)
            .op(OpCode.I32_SUB)
            .call(self)
            .get(0)
            .i32(2)
            .op(OpCode.I32_SUB)
            .call(self)
            .op(OpCode.I32_ADD)
            .toBody());
    module.exportFunction("f", self);
    compare(module.toBytes(), regionWeight, "f", 0, 1, 15);
  }
}
