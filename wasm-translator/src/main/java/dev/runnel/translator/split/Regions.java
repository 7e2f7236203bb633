package dev.runnel.translator.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * A partition of the blocks into regions. A region is a part of the dominator tree and is entered
 * at its root only, so that it can be a method of its own.
 *
 * <p>The largest switch of the method, if it is large, is its <em>hub</em>: the dispatcher of an
 * interpreter. The hub and each case become roots, and the hub is left by a table look-up.
 */
final class Regions {
  private static final int HUB_TARGETS = 50;

  private final ControlFlowGraph graph;
  private final Dominators dominators;
  private final boolean[] isRoot;
  private final int[] rootOf;
  private final int hub;
  private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

  /**
   * @param limit the weight above which a region is cut, if it can be
   */
  Regions(ControlFlowGraph graph, Dominators dominators, int limit) {
    this.graph = graph;
    this.dominators = dominators;
    this.isRoot = new boolean[graph.size()];
    this.rootOf = new int[graph.size()];
    this.hub = findHub();
    isRoot[0] = true;
    if (hub >= 0) {
      isRoot[hub] = true;
      dominators.children(hub).forEach(child -> isRoot[child] = true);
    }
    cutHeavySubtrees(limit);
    closeUnderEntry();
    for (int block : dominators.order()) {
      if (isRoot[block]) {
        numbers.put(block, numbers.size());
      }
    }
  }

  /** Roots in the order of their numbers; the entry block comes first. */
  List<Integer> roots() {
    return List.copyOf(numbers.keySet());
  }

  int count() {
    return numbers.size();
  }

  /** The number under which the driver knows the region that this block is the root of. */
  int number(int root) {
    Integer number = numbers.get(root);
    if (number == null) {
      throw new IllegalArgumentException("Block %d is no root.".formatted(root));
    }
    return number;
  }

  int rootOf(int block) {
    return rootOf[block];
  }

  boolean isHub(int block) {
    return block == hub;
  }

  /** The switch at the end of a block, if that block is the hub. */
  Optional<TableSwitchInsnNode> hubSwitch(Block block) {
    return isHub(block.index())
        ? Optional.of((TableSwitchInsnNode) graph.last(block))
        : Optional.empty();
  }

  /** The blocks of a region in code order. */
  List<Block> blocksOf(int root) {
    return graph.blocks().stream().filter(block -> rootOf[block.index()] == root).toList();
  }

  private int findHub() {
    return graph.blocks().stream()
        .filter(block -> graph.last(block) instanceof TableSwitchInsnNode)
        .filter(block -> block.successors().length > HUB_TARGETS)
        .max(Comparator.comparingInt(block -> block.successors().length))
        .map(Block::index)
        .orElse(-1);
  }

  /** From the leaves up: while a subtree is too heavy, its heaviest children become roots. */
  private void cutHeavySubtrees(int limit) {
    int[] weight = new int[graph.size()];
    for (int block : dominators.order().reversed()) {
      int sum = graph.block(block).weight();
      List<Integer> inside = new ArrayList<>();
      for (int child : dominators.children(block)) {
        if (!isRoot[child]) {
          sum += weight[child];
          inside.add(child);
        }
      }
      inside.sort(Comparator.comparingInt((Integer child) -> weight[child]).reversed());
      for (int child : inside) {
        if (sum <= limit) {
          break;
        }
        isRoot[child] = true;
        sum -= weight[child];
      }
      weight[block] = sum;
    }
  }

  /** A block that is entered from another region must be a root; repeats until none is left. */
  private void closeUnderEntry() {
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int block : dominators.order()) {
        rootOf[block] = isRoot[block] ? block : rootOf[dominators.parent(block)];
      }
      for (int block : dominators.order()) {
        if (!isRoot[block] && isEnteredFromOutside(block)) {
          isRoot[block] = true;
          changed = true;
        }
      }
    }
  }

  private boolean isEnteredFromOutside(int block) {
    return dominators.predecessors(block).stream()
        .anyMatch(predecessor -> rootOf[predecessor] != rootOf[block]);
  }
}
