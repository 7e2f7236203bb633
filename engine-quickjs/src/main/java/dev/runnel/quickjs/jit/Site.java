package dev.runnel.quickjs.jit;

import java.util.List;

/**
 * A place of compiled code where it may be left: what the interpreter would have there.
 *
 * @param pc offset of the instruction
 * @param next offset of the one behind it
 * @param stack the operand stack before the instruction
 * @param consumed bit for each position whose value is gone when the instruction throws
 */
record Site(int pc, int next, List<Entry> stack, long consumed) {
  Site {
    stack = List.copyOf(stack);
  }

  boolean isConsumed(int position) {
    return (consumed >>> position & 1) != 0;
  }
}
