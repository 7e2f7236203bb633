package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.GOTO;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Copies blocks into another method, with other slots for the locals. */
final class BlockCopier {
  private final ControlFlowGraph graph;
  private final ToIntFunction<Local> slots;
  private final InsnList code = new InsnList();
  private final Map<Integer, LabelNode> labels = new HashMap<>();

  BlockCopier(ControlFlowGraph graph, ToIntFunction<Local> slots) {
    this.graph = graph;
    this.slots = slots;
  }

  InsnList code() {
    return code;
  }

  /** Where jumps to a block go. Whoever does not copy that block must put the label somewhere. */
  LabelNode label(int block) {
    return labels.computeIfAbsent(block, any -> new LabelNode());
  }

  void copy(List<Block> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      code.add(label(block.index()));
      for (int position = block.start(); position < block.end(); position++) {
        if (graph.instruction(position).getOpcode() >= 0) {
          code.add(copy(graph.instruction(position)));
        }
      }
      int next = block.index() + 1;
      boolean follows = i + 1 < blocks.size() && blocks.get(i + 1).index() == next;
      if (block.fallsThrough() && !follows) {
        code.add(new JumpInsnNode(GOTO, label(next)));
      }
    }
  }

  private AbstractInsnNode copy(AbstractInsnNode instruction) {
    return switch (instruction) {
      case VarInsnNode access -> {
        Local local = new Local(access.var, SlotType.ofOpcode(access.getOpcode()));
        yield new VarInsnNode(access.getOpcode(), slots.applyAsInt(local));
      }
      case IincInsnNode increment -> {
        Local local = new Local(increment.var, SlotType.INT);
        yield new IincInsnNode(slots.applyAsInt(local), increment.incr);
      }
      case JumpInsnNode jump -> new JumpInsnNode(jump.getOpcode(), label(jump.label));
      case TableSwitchInsnNode table ->
          new TableSwitchInsnNode(table.min, table.max, label(table.dflt), labels(table.labels));
      case LookupSwitchInsnNode lookup ->
          new LookupSwitchInsnNode(
              label(lookup.dflt),
              lookup.keys.stream().mapToInt(Integer::intValue).toArray(),
              labels(lookup.labels));
      default -> instruction.clone(Map.of());
    };
  }

  private LabelNode label(LabelNode target) {
    return label(graph.target(target));
  }

  private LabelNode[] labels(List<LabelNode> targets) {
    return targets.stream().map(this::label).toArray(LabelNode[]::new);
  }
}
