package dev.runnel.translator.split;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Within one region: which locals may differ from the frame when a block starts, and which must be
 * fetched from the frame when the region is entered.
 */
final class RegionFlow {
  private final Regions regions;
  private final Liveness liveness;
  private final int root;
  private final List<Block> blocks;
  private final Map<Integer, BitSet> dirtyIn = new HashMap<>();
  private final Map<Integer, BitSet> wanted = new HashMap<>();

  RegionFlow(Regions regions, Liveness liveness, int root) {
    this.regions = regions;
    this.liveness = liveness;
    this.root = root;
    this.blocks = regions.blocksOf(root);
    blocks.forEach(block -> dirtyIn.put(block.index(), new BitSet()));
    blocks.forEach(block -> wanted.put(block.index(), new BitSet()));
    solveDirty();
    solveWanted();
  }

  List<Block> blocks() {
    return blocks;
  }

  /** Locals to load from the frame first. */
  BitSet fetched() {
    return at(wanted, root);
  }

  /** Locals that must be written back when {@code block} leaves for a block of another region. */
  BitSet spilled(Block block, int target) {
    BitSet spilled = dirtyOut(block);
    spilled.and(liveness.liveIn(target));
    return spilled;
  }

  private BitSet dirtyOut(Block block) {
    BitSet dirty = (BitSet) at(dirtyIn, block.index()).clone();
    dirty.or(liveness.writes(block.index()));
    return dirty;
  }

  boolean isInside(int block) {
    return regions.rootOf(block) == root;
  }

  /** The hub's switch leaves even for the hub itself. */
  private boolean leaves(Block block, int next) {
    return !isInside(next) || regions.isHub(block.index());
  }

  private void solveDirty() {
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Block block : blocks) {
        BitSet dirty = dirtyOut(block);
        for (int next : block.successors()) {
          if (!leaves(block, next)) {
            BitSet before = at(dirtyIn, next);
            int count = before.cardinality();
            before.or(dirty);
            changed |= before.cardinality() != count;
          }
        }
      }
    }
  }

  /** A local that only some paths write is fetched too: the others write it back unchanged. */
  private void solveWanted() {
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Block block : blocks.reversed()) {
        BitSet needed = new BitSet();
        for (int next : block.successors()) {
          needed.or(leaves(block, next) ? spilled(block, next) : at(wanted, next));
        }
        needed.andNot(liveness.writes(block.index()));
        needed.or(liveness.uses(block.index()));
        changed |= !needed.equals(wanted.put(block.index(), needed));
      }
    }
  }

  private static BitSet at(Map<Integer, BitSet> sets, int block) {
    BitSet set = sets.get(block);
    if (set == null) {
      throw new IllegalArgumentException("Block %d is of another region.".formatted(block));
    }
    return set;
  }
}
