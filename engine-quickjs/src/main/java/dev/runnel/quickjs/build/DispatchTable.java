package dev.runnel.quickjs.build;

import dev.runnel.translator.binary.FunctionIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.OpCode;

/**
 * The interpreter's switch, {@code JS_CallInternal}: which functions the code of each instruction
 * calls. What C names is found by that in a module that names only its exports.
 *
 * <p>An instruction's number is an index into a table of the engine's data, whose entries are
 * indexes into the {@code br_table}, less some constant; its targets are the ends of nested blocks,
 * behind each of which is the code of one instruction or several.
 */
final class DispatchTable {
  private static final int FEWEST_TARGETS = 200;

  private final int function;
  private final List<AnnotatedInstruction> code;
  private final int branch;
  private final List<List<Integer>> calls = new ArrayList<>();

  private DispatchTable(FunctionIndex functions, int function) {
    this.function = function;
    code = functions.instructions(function);
    branch =
        IntStream.range(0, code.size())
            .filter(i -> code.get(i).opcode() == OpCode.BR_TABLE)
            .findFirst()
            .orElseThrow();
    collect();
  }

  static DispatchTable of(FunctionIndex functions) {
    int call = functions.exported("JS_Call").orElseThrow();
    List<Integer> callees = functions.callees(call);
    if (callees.size() != 1 || !isWide(functions, callees.getFirst())) {
      throw new IllegalStateException("JS_Call calls %s.".formatted(callees));
    }
    return new DispatchTable(functions, callees.getFirst());
  }

  private static boolean isWide(FunctionIndex functions, int function) {
    return functions.instructions(function).stream()
        .anyMatch(i -> i.opcode() == OpCode.BR_TABLE && i.operandCount() > FEWEST_TARGETS);
  }

  /** Walks out of the blocks around the switch; in each come the calls of what is behind it. */
  private void collect() {
    int nested = 0;
    for (AnnotatedInstruction instruction : code.subList(branch + 1, code.size())) {
      switch (instruction.opcode()) {
        case BLOCK, LOOP, IF -> nested++;
        case END -> {
          if (nested == 0) {
            calls.add(new ArrayList<>());
          } else {
            nested--;
          }
        }
        case CALL -> {
          if (!calls.isEmpty()) {
            calls.getLast().add((int) instruction.operand(0));
          }
        }
        default -> {}
      }
    }
  }

  /** The interpreter's own index. */
  int function() {
    return function;
  }

  /**
   * The functions that an instruction's code calls, in the order of the calls.
   *
   * @param opcode the instruction's number
   */
  List<Integer> calls(int opcode, DataSegments data) {
    int table = (int) load().operand(1);
    int entry = data.readInt(table + opcode * 4) - first();
    AnnotatedInstruction switched = code.get(branch);
    int targets = switched.operandCount() - 1;
    int target = entry >= 0 && entry < targets ? entry : targets;
    return calls.get((int) switched.operand(target));
  }

  /** {@code table[*pc] - first} comes before the switch. */
  private AnnotatedInstruction load() {
    return expect(branch - 3, OpCode.I32_LOAD);
  }

  private int first() {
    expect(branch - 1, OpCode.I32_SUB);
    return (int) expect(branch - 2, OpCode.I32_CONST).operand(0);
  }

  private AnnotatedInstruction expect(int at, OpCode opcode) {
    if (code.get(at).opcode() != opcode) {
      throw new IllegalStateException("The interpreter's switch has another form.");
    }
    return code.get(at);
  }
}
