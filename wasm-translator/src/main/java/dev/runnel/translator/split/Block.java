package dev.runnel.translator.split;

import java.util.List;

/**
 * A basic block: instructions {@code start} (inclusive) to {@code end} (exclusive) of its method.
 *
 * @param entryStack types of the operand stack on entry, bottom first
 * @param successors indices of the blocks that may run next, ascending
 * @param fallsThrough whether the block with the next index is reached without a jump
 * @param weight an estimate of its share of code, in instructions
 */
record Block(
    int index,
    int start,
    int end,
    List<SlotType> entryStack,
    int[] successors,
    boolean fallsThrough,
    int weight) {}
