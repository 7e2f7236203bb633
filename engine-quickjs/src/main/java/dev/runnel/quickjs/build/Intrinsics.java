package dev.runnel.quickjs.build;

import dev.runnel.quickjs.jit.JitEntry;
import dev.runnel.translator.Intrinsic;
import dev.runnel.translator.binary.FunctionIndex;
import java.util.List;
import java.util.stream.IntStream;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

/** The intrinsics of this engine, each found by what its function looks like. */
final class Intrinsics {
  private final FunctionIndex functions;

  private Intrinsics(FunctionIndex functions) {
    this.functions = functions;
  }

  static List<Intrinsic> of(byte[] module) {
    return new Intrinsics(FunctionIndex.of(module)).all();
  }

  private List<Intrinsic> all() {
    return List.of(RegExpCheck.intrinsic(matcher()), entry());
  }

  /** Where JavaScript that was compiled is entered: docs/jit.md. */
  private Intrinsic entry() {
    int function = DispatchTable.of(functions).function();
    return Intrinsic.inFront("for the JIT", function, JitEntry.class, "call", _ -> true);
  }

  /** {@code lre_exec}: polls each 10,000 steps and switches over opcodes. */
  private int matcher() {
    return only(
        "lre_exec",
        withType("iiiiiii>i")
            .filter(function -> has(function, OpCode.BR_TABLE))
            .filter(function -> hasConstant(function, 10_000)));
  }

  private IntStream withType(String signature) {
    FunctionType type = Signature.of(signature);
    return IntStream.range(0, functions.count())
        .filter(function -> functions.type(function).equals(type));
  }

  private boolean has(int function, OpCode opcode) {
    return functions.instructions(function).stream()
        .anyMatch(instruction -> instruction.opcode() == opcode);
  }

  private boolean hasConstant(int function, int value) {
    return functions.instructions(function).stream()
        .anyMatch(
            instruction ->
                instruction.opcode() == OpCode.I32_CONST && instruction.operand(0) == value);
  }

  private static int only(String name, IntStream found) {
    int[] candidates = found.toArray();
    if (candidates.length != 1) {
      throw new IllegalStateException(
          "%d functions look like %s.".formatted(candidates.length, name));
    }
    return candidates[0];
  }
}
