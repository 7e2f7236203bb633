package dev.runnel.translator.split;

import java.util.BitSet;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which locals each block reads and writes, and which are live where it starts. The memory and the
 * instance are handed to every region, so they don't count.
 */
final class Liveness {
  private final BitSet[] uses;
  private final BitSet[] writes;
  private final BitSet[] liveIn;

  Liveness(ControlFlowGraph graph, Dominators dominators, Signature signature) {
    uses = sets(graph.size());
    writes = sets(graph.size());
    liveIn = sets(graph.size());
    for (Block block : graph.blocks()) {
      for (int i = block.start(); i < block.end(); i++) {
        scan(graph.instruction(i), block.index(), signature);
      }
    }
    solve(graph, dominators);
  }

  static BitSet[] sets(int count) {
    BitSet[] sets = new BitSet[count];
    for (int i = 0; i < count; i++) {
      sets[i] = new BitSet();
    }
    return sets;
  }

  /** Locals read in the block before it writes them. */
  BitSet uses(int block) {
    return uses[block];
  }

  BitSet writes(int block) {
    return writes[block];
  }

  BitSet liveIn(int block) {
    return liveIn[block];
  }

  private void scan(AbstractInsnNode instruction, int block, Signature signature) {
    if (instruction instanceof IincInsnNode increment) {
      int key = new Local(increment.var, SlotType.INT).key();
      read(block, key);
      writes[block].set(key);
    } else if (instruction instanceof VarInsnNode access && !signature.isContext(access)) {
      SlotType type = SlotType.ofOpcode(access.getOpcode());
      int key = new Local(access.var, type).key();
      if (access.getOpcode() == type.load) {
        read(block, key);
      } else {
        writes[block].set(key);
      }
    }
  }

  private void read(int block, int key) {
    if (!writes[block].get(key)) {
      uses[block].set(key);
    }
  }

  private void solve(ControlFlowGraph graph, Dominators dominators) {
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int block : dominators.order().reversed()) {
        BitSet live = new BitSet();
        for (int next : graph.block(block).successors()) {
          live.or(liveIn[next]);
        }
        live.andNot(writes[block]);
        live.or(uses[block]);
        if (!live.equals(liveIn[block])) {
          liveIn[block] = live;
          changed = true;
        }
      }
    }
  }
}
