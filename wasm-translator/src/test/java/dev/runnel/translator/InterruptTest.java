package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestInterruptedException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

class InterruptTest {
  private static final FunctionType UNARY = type(List.of(I32), I32);
  private static final TranslatorOptions WHOLE = TranslatorOptions.named("test.Interrupt");
  private static final TranslatorOptions SPLIT = WHOLE.withLargestMethod(1).withRegionWeight(1);

  private static Instance instance(TranslatorOptions options, Consumer<CodeBuilder> code) {
    WasmEditor module = withMemory();
    define(module, "f", UNARY, code);
    return TestModule.translated(module.toBytes(), options);
  }

  /** Runs {@code f} until it has burnt enough time to be compiled, interrupts it, and waits. */
  private static void interruptsHotLoop(Instance instance) throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread guest =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    instance.export("f").apply(1);
                    end.complete(new AssertionError("The loop ended on its own."));
                  } catch (Throwable thrown) {
                    end.complete(thrown);
                  }
                });
    long compiledAfter = TimeUnit.MILLISECONDS.toNanos(400);
    while (ManagementFactory.getThreadMXBean().getThreadCpuTime(guest.threadId()) < compiledAfter
        && guest.isAlive()) {
      Thread.onSpinWait();
    }

    ((FlatMemory) instance.memory()).interrupt();

    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(GuestInterruptedException.class);
  }

  private static void empty(CodeBuilder code) {
    code.open(OpCode.LOOP).br(0).end().i32(0);
  }

  private static void counting(CodeBuilder code) {
    code.open(OpCode.LOOP).get(0).i32(2).op(OpCode.I32_ADD).tee(0).brIf(0).end().get(0);
  }

  /** Reads memory but writes none: nothing in the loop keeps a plain flag from being hoisted. */
  private static void reading(CodeBuilder code) {
    code.open(OpCode.LOOP).get(0).i32(64).memory(OpCode.I32_LOAD, 0).op(OpCode.I32_ADD).set(0);
    code.get(0).i32(1).op(OpCode.I32_OR).brIf(0).end().get(0);
  }

  private static void switching(CodeBuilder code) {
    code.open(OpCode.LOOP).open(OpCode.BLOCK).get(0).i32(1).op(OpCode.I32_AND);
    code.brTable(List.of(1, 0), 1).end().get(0).i32(2).op(OpCode.I32_ADD).set(0).br(0).end();
    code.get(0);
  }

  @Test
  void stopsLoopsOfEveryShape() throws Exception {
    interruptsHotLoop(instance(WHOLE, InterruptTest::empty));
    interruptsHotLoop(instance(WHOLE, InterruptTest::counting));
    interruptsHotLoop(instance(WHOLE, InterruptTest::reading));
    interruptsHotLoop(instance(WHOLE, InterruptTest::switching));
  }

  @Test
  void stopsLoopsThatCrossRegions() throws Exception {
    interruptsHotLoop(instance(SPLIT, InterruptTest::counting));
    interruptsHotLoop(instance(SPLIT, InterruptTest::reading));
    interruptsHotLoop(instance(SPLIT, InterruptTest::switching));
  }

  @Test
  void stopsModulesThatHaveNoMemory() throws Exception {
    WasmEditor module = new WasmEditor(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    define(module, "f", UNARY, InterruptTest::counting);

    interruptsHotLoop(TestModule.translated(module.toBytes(), WHOLE));
  }

  @Test
  void staysInterruptedUntilCleared() {
    Instance instance =
        instance(
            WHOLE,
            code -> {
              code.open(OpCode.LOOP).get(0).i32(1).op(OpCode.I32_SUB).tee(0).brIf(0).end().get(0);
            });
    FlatMemory memory = (FlatMemory) instance.memory();
    memory.interrupt();

    assertThatThrownBy(() -> instance.export("f").apply(5))
        .isInstanceOf(GuestInterruptedException.class);
    assertThatThrownBy(() -> instance.export("f").apply(5))
        .isInstanceOf(GuestInterruptedException.class);
    memory.clearInterrupt();
    assertThat(instance.export("f").apply(5)).containsExactly(0);
  }

  @Test
  void leavesOutOnlyTheDispatcherItIsToldToLeaveOut() {
    Instance polled = instance(WHOLE, InterruptTest::dispatcher);
    Instance unpolled = instance(WHOLE.withUnpolledTargets(100), InterruptTest::dispatcher);
    Instance tooSmall = instance(WHOLE.withUnpolledTargets(200), InterruptTest::dispatcher);
    List.of(polled, unpolled, tooSmall)
        .forEach(instance -> ((FlatMemory) instance.memory()).interrupt());

    assertThat(unpolled.export("f").apply(3)).containsExactly(-1);
    assertThatThrownBy(() -> polled.export("f").apply(3))
        .isInstanceOf(GuestInterruptedException.class);
    assertThatThrownBy(() -> tooSmall.export("f").apply(3))
        .isInstanceOf(GuestInterruptedException.class);
  }

  /** A loop around a switch of 120 cases that counts its argument down below zero. */
  private static void dispatcher(CodeBuilder code) {
    int cases = 120;
    code.open(OpCode.BLOCK).open(OpCode.LOOP);
    for (int i = 0; i < cases; i++) {
      code.open(OpCode.BLOCK);
    }
    code.get(0).brTable(IntStream.range(0, cases).boxed().toList(), cases + 1).end();
    for (int i = 0; i < cases; i++) {
      code.get(0).i32(1).op(OpCode.I32_SUB).set(0).br(cases - 1 - i);
      if (i < cases - 1) {
        code.end();
      }
    }
    code.end().end().get(0);
  }
}
