package dev.runnel.quickjs.jit;

import dev.runnel.quickjs.jit.Opcodes.Opcode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Set;

/**
 * How control moves through a function: the depth of the stack at each instruction that can be
 * reached without an exception, the targets of jumps, and where entries of the stack are catch
 * offsets. What an exception jumps to isn't reached: the interpreter goes on there.
 */
final class Flow {
  private static final int DEEPEST = 60;
  private static final int UNREACHED = -1;

  /** After these, control doesn't go on to the next instruction. */
  private static final Set<String> ENDS =
      Set.of(
          "goto",
          "goto8",
          "goto16",
          "return",
          "return_undef",
          "throw",
          "gosub",
          "ret",
          "tail_call",
          "tail_call_method");

  private final Bytecode function;
  private final int[] depths;
  private final long[] catches;
  private final BitSet targets = new BitSet();
  private final BitSet returns = new BitSet();
  private final Deque<Integer> work = new ArrayDeque<>();
  private boolean writesArguments;

  Flow(Bytecode function) {
    this.function = function;
    depths = new int[function.length()];
    Arrays.fill(depths, UNREACHED);
    catches = new long[function.length()];
    reach(0, 0, 0);
    while (!work.isEmpty()) {
      follow(work.remove());
    }
  }

  private void reach(int pc, int depth, long catchesThere) {
    Bytecode.refuseIf(pc >= depths.length, "its end");
    Bytecode.refuseIf(depth < 0 || depth > function.stackSize() || depth > DEEPEST, "its stack");
    if (depths[pc] == UNREACHED) {
      depths[pc] = depth;
      catches[pc] = catchesThere & (1L << depth) - 1;
      work.add(pc);
    }
    Bytecode.refuseIf(depths[pc] != depth, "two depths of its stack");
  }

  private void jump(int pc, int depth, long catchesThere) {
    targets.set(pc);
    reach(pc, depth, catchesThere);
  }

  private void follow(int pc) {
    Opcode opcode = function.opcode(pc);
    String name = opcode.name();
    if (!Instructions.isCompiled(opcode)) {
      return;
    }
    int depth = depths[pc];
    long caught = catches[pc];
    int after = depth - pops(pc) + opcode.pushes();
    int next = pc + opcode.size();
    Bytecode.refuseIf(depth < pops(pc), "its stack");
    if (name.startsWith("put_arg") || name.startsWith("set_arg")) {
      writesArguments = true;
    }
    switch (name) {
      case "catch" -> reach(next, after, caught | 1L << depth);
      case "for_of_start" -> reach(next, after, caught | 1L << depth + 1);
      case "nip_catch" -> {
        Bytecode.refuseIf(caught == 0, "a catch that isn't there");
        reach(next, 64 - Long.numberOfLeadingZeros(caught), caught & ~Long.highestOneBit(caught));
      }
      case "gosub" -> {
        returns.set(next);
        jump(function.target(pc), depth + 1, caught);
        jump(next, depth, caught);
      }
      default -> {
        if (function.target(pc) >= 0) {
          jump(function.target(pc), after, caught);
        }
        if (!ENDS.contains(name)) {
          reach(next, after, caught);
        }
      }
    }
  }

  private int pops(int pc) {
    Opcode opcode = function.opcode(pc);
    return opcode.pops() + (opcode.format().startsWith("npop") ? function.operand(pc) : 0);
  }

  boolean isReached(int pc) {
    return depths[pc] != UNREACHED;
  }

  boolean isTarget(int pc) {
    return targets.get(pc);
  }

  /** The places behind calls of a finally block, to which its end goes back. */
  BitSet returns() {
    return returns;
  }

  int depth(int pc) {
    return depths[pc];
  }

  boolean isCatch(int pc, int position) {
    return (catches[pc] >>> position & 1) != 0;
  }

  boolean writesArguments() {
    return writesArguments;
  }

  static boolean ends(Opcode opcode) {
    return ENDS.contains(opcode.name());
  }
}
