package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The blocks through which a function enters and may soon return: no block of it is entered from
 * any other, but for small returning tails, which are copied. So it holds no loop.
 */
final class EntryPart {
  private static final int LONGEST_TAIL = 24;

  private final ControlFlowGraph graph;
  private final Dominators dominators;
  private final int[] wayToReturn;
  private final BitSet blocks = new BitSet();

  /**
   * @param limit the number of instructions that it may have
   */
  EntryPart(ControlFlowGraph graph, Dominators dominators, int limit) {
    this.graph = graph;
    this.dominators = dominators;
    this.wayToReturn = waysToReturn();
    grow(limit);
  }

  boolean has(int block) {
    return blocks.get(block);
  }

  /** Whether a call may end here. */
  boolean returns() {
    return blocks.stream().anyMatch(this::isReturn);
  }

  /** Whether the block is left to the rest as well. */
  boolean isShared(int block) {
    return isTail(block)
        && dominators.predecessors(block).stream().anyMatch(from -> !blocks.get(from));
  }

  /** Blocks outside that are entered from here, ascending. */
  int[] exits() {
    return blocks.stream()
        .flatMap(block -> Arrays.stream(graph.block(block).successors()))
        .filter(next -> !blocks.get(next))
        .distinct()
        .sorted()
        .toArray();
  }

  private void grow(int limit) {
    blocks.set(0);
    int weight = graph.block(0).weight();
    while (true) {
      int room = limit - weight;
      Optional<Integer> next =
          Arrays.stream(exits())
              .filter(this::isFree)
              .filter(block -> wayToReturn[block] <= room)
              .boxed()
              .min(Comparator.comparingInt(block -> wayToReturn[block]));
      if (next.isEmpty()) {
        return;
      }
      blocks.set(next.get());
      weight += graph.block(next.get()).weight();
    }
  }

  private boolean isFree(int block) {
    return isTail(block)
        || dominators.predecessors(block).stream().allMatch(from -> blocks.get(from));
  }

  private boolean isTail(int block) {
    return isReturn(block) && graph.block(block).weight() <= LONGEST_TAIL;
  }

  private boolean isReturn(int block) {
    int opcode = graph.last(graph.block(block)).getOpcode();
    return opcode >= IRETURN && opcode <= RETURN;
  }

  /** For each block, the least weight of a way from it to a return, itself included. */
  private int[] waysToReturn() {
    int far = Integer.MAX_VALUE / 2;
    int[] ways = new int[graph.size()];
    Arrays.fill(ways, far);
    PriorityQueue<Integer> queue =
        new PriorityQueue<>(Comparator.comparingInt((Integer block) -> ways[block]));
    IntStream.range(0, graph.size())
        .filter(this::isReturn)
        .forEach(
            block -> {
              ways[block] = graph.block(block).weight();
              queue.add(block);
            });
    while (!queue.isEmpty()) {
      int block = queue.remove();
      for (int from : dominators.predecessors(block)) {
        int way = ways[block] + graph.block(from).weight();
        if (way < ways[from]) {
          ways[from] = way;
          queue.add(from);
        }
      }
    }
    return ways;
  }
}
