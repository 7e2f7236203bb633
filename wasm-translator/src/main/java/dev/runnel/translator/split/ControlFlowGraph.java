package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** The reachable basic blocks of one method. Block 0 is its entry. */
final class ControlFlowGraph {
  private final AbstractInsnNode[] instructions;
  private final Map<AbstractInsnNode, Integer> positions = new IdentityHashMap<>();
  private final Frame<BasicValue>[] frames;
  private final int[] blockOf;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param longestBlock blocks of more instructions are cut where the stack holds no reference
   */
  ControlFlowGraph(String owner, MethodNode method, int longestBlock) throws AnalyzerException {
    instructions = method.instructions.toArray();
    for (int i = 0; i < instructions.length; i++) {
      positions.put(instructions[i], i);
    }
    frames = new Analyzer<>(new BasicInterpreter()).analyze(owner, method);
    blockOf = new int[instructions.length];
    Arrays.fill(blockOf, -1);
    boolean[] leaders = leaders(longestBlock);
    List<int[]> ranges = ranges(leaders);
    for (int i = 0; i < ranges.size(); i++) {
      blocks.add(block(i, ranges.get(i)[0], ranges.get(i)[1]));
    }
  }

  List<Block> blocks() {
    return blocks;
  }

  Block block(int index) {
    return blocks.get(index);
  }

  int size() {
    return blocks.size();
  }

  AbstractInsnNode instruction(int position) {
    return instructions[position];
  }

  AbstractInsnNode last(Block block) {
    return instructions[block.end() - 1];
  }

  /** The block that a label starts. */
  int target(LabelNode label) {
    return blockOf[position(label)];
  }

  private int position(AbstractInsnNode instruction) {
    Integer position = positions.get(instruction);
    if (position == null) {
      throw new IllegalArgumentException("An instruction of another method: " + instruction);
    }
    return position;
  }

  private boolean[] leaders(int longestBlock) {
    boolean[] leaders = new boolean[instructions.length + 1];
    leaders[0] = true;
    for (int i = 0; i < instructions.length; i++) {
      List<LabelNode> targets = targets(instructions[i]);
      for (LabelNode target : targets) {
        leaders[position(target)] = true;
      }
      if (!targets.isEmpty() || endsMethod(instructions[i])) {
        leaders[i + 1] = true;
      }
    }
    cutLongBlocks(leaders, longestBlock);
    return leaders;
  }

  private void cutLongBlocks(boolean[] leaders, int longestBlock) {
    int length = 0;
    for (int i = 0; i < instructions.length; i++) {
      length = leaders[i] ? 0 : length + 1;
      if (length >= longestBlock
          && frames[i] != null
          && !entryStack(i).contains(SlotType.REFERENCE)) {
        leaders[i] = true;
        length = 0;
      }
    }
  }

  /** The reachable stretches between leaders; also fills {@link #blockOf}. */
  private List<int[]> ranges(boolean[] leaders) {
    List<int[]> ranges = new ArrayList<>();
    for (int start = 0; start < instructions.length; ) {
      int end = start + 1;
      while (end < instructions.length && !leaders[end]) {
        end++;
      }
      if (frames[start] != null) {
        Arrays.fill(blockOf, start, end, ranges.size());
        ranges.add(new int[] {start, end});
      }
      start = end;
    }
    return ranges;
  }

  private Block block(int index, int start, int end) {
    AbstractInsnNode last = instructions[end - 1];
    boolean falls =
        !endsMethod(last)
            && last.getOpcode() != GOTO
            && !(last instanceof TableSwitchInsnNode)
            && !(last instanceof LookupSwitchInsnNode);
    TreeSet<Integer> successors = new TreeSet<>();
    List<LabelNode> targets = targets(last);
    targets.forEach(label -> successors.add(target(label)));
    if (falls) {
      successors.add(index + 1);
    }
    int weight = targets.size() / 2;
    for (int i = start; i < end; i++) {
      weight += instructions[i].getOpcode() >= 0 ? 1 : 0;
    }
    int[] next = successors.stream().mapToInt(Integer::intValue).toArray();
    return new Block(index, start, end, entryStack(start), next, falls, weight);
  }

  private List<SlotType> entryStack(int position) {
    Frame<BasicValue> frame = frames[position];
    List<SlotType> types = new ArrayList<>();
    for (int i = 0; i < frame.getStackSize(); i++) {
      types.add(SlotType.of(frame.getStack(i)));
    }
    return List.copyOf(types);
  }

  /** Where an instruction may jump to, other than to the next one. */
  static List<LabelNode> targets(AbstractInsnNode instruction) {
    return switch (instruction) {
      case JumpInsnNode jump -> List.of(jump.label);
      case TableSwitchInsnNode table -> with(table.labels, table.dflt);
      case LookupSwitchInsnNode lookup -> with(lookup.labels, lookup.dflt);
      default -> List.of();
    };
  }

  private static List<LabelNode> with(List<LabelNode> labels, LabelNode other) {
    List<LabelNode> all = new ArrayList<>(labels);
    all.add(other);
    return all;
  }

  private static boolean endsMethod(AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    return opcode >= IRETURN && opcode <= RETURN || opcode == ATHROW;
  }
}
