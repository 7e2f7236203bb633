package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IALOAD;
import static org.objectweb.asm.Opcodes.ICONST_M1;
import static org.objectweb.asm.Opcodes.IFGE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.ISUB;
import static org.objectweb.asm.Opcodes.NOP;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes one region as a static method from frame, memory and instance to the number of the region
 * that runs next, or {@link #DONE}.
 */
final class RegionEmitter {
  /** The region number that means: the split method returns. */
  static final int DONE = -1;

  /** HotSpot inlines no method of more bytes of code. */
  private static final int LARGEST_INLINED = 325;

  private static final int FRAME = 0;
  private static final int MEMORY = 1;
  private static final int INSTANCE = 2;
  private static final int FIRST_LOCAL = 3;

  private final SplitMethod split;
  private final RegionFlow flow;
  private final int root;
  private final InsnList code;
  private final MethodNode method;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Map<Integer, LabelNode> labels = new HashMap<>();

  /** Exits reached by a jump; each is written after the blocks. */
  private record Exit(LabelNode label, Block from, int target) {}

  private final Deque<Exit> exits = new ArrayDeque<>();
  private int freeSlot = FIRST_LOCAL;

  RegionEmitter(SplitMethod split, RegionFlow flow, int root) {
    this.split = split;
    this.flow = flow;
    this.root = root;
    method =
        new MethodNode(ACC_STATIC, split.regionName(root), split.regionDescriptor(), null, null);
    code = method.instructions;
  }

  MethodNode emit() {
    List<Block> blocks = flow.blocks();
    blocks.forEach(block -> labels.put(block.index(), new LabelNode()));
    enter(blocks);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      code.add(label(block.index()));
      emitBlock(block);
      int next = i + 1 < blocks.size() ? blocks.get(i + 1).index() : -1;
      if (block.fallsThrough()) {
        fallThrough(block, next);
      }
    }
    while (!exits.isEmpty()) {
      Exit exit = exits.poll();
      code.add(exit.label);
      leave(exit.from, exit.target);
    }
    if (!split.regions().isHub(root)) {
      outgrowInlining();
    }
    return method;
  }

  /**
   * Adds dead code. HotSpot would inline regions into the driver until its graph is full, and then
   * leave the memory accesses of the last ones as calls; by themselves regions compile well.
   */
  private void outgrowInlining() {
    long instructions = Arrays.stream(code.toArray()).filter(i -> i.getOpcode() >= 0).count();
    for (long bytes = instructions; bytes <= LARGEST_INLINED; bytes++) {
      code.add(new InsnNode(NOP));
    }
  }

  private void enter(List<Block> blocks) {
    Local.in(flow.fetched())
        .forEach(
            local -> {
              split.frame().load(code, FRAME, local);
              code.add(new VarInsnNode(local.type().store, slot(local)));
            });
    List<SlotType> stack = split.graph().block(root).entryStack();
    for (int depth = 0; depth < stack.size(); depth++) {
      split.frame().loadStack(code, FRAME, depth, stack.get(depth));
    }
    if (blocks.getFirst().index() != root) {
      code.add(new JumpInsnNode(GOTO, label(root)));
    }
  }

  private void emitBlock(Block block) {
    for (int i = block.start(); i < block.end(); i++) {
      AbstractInsnNode instruction = split.graph().instruction(i);
      if (instruction.getOpcode() >= 0) {
        emit(block, instruction);
      }
    }
  }

  private void emit(Block block, AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    switch (instruction) {
      case VarInsnNode access -> code.add(relocated(access));
      case IincInsnNode increment ->
          code.add(new IincInsnNode(slot(new Local(increment.var, SlotType.INT)), increment.incr));
      case JumpInsnNode jump -> code.add(new JumpInsnNode(opcode, relocated(block, jump.label)));
      case TableSwitchInsnNode table -> {
        if (split.regions().isHub(block.index())) {
          dispatch(block, table);
        } else {
          code.add(
              new TableSwitchInsnNode(
                  table.min,
                  table.max,
                  relocated(block, table.dflt),
                  relocated(block, table.labels)));
        }
      }
      case LookupSwitchInsnNode lookup ->
          code.add(
              new LookupSwitchInsnNode(
                  relocated(block, lookup.dflt),
                  lookup.keys.stream().mapToInt(Integer::intValue).toArray(),
                  relocated(block, lookup.labels)));
      default -> {
        if (opcode >= IRETURN && opcode <= RETURN) {
          finish(opcode);
        } else {
          code.add(instruction.clone(Map.of()));
        }
      }
    }
  }

  private void finish(int opcode) {
    if (opcode != RETURN) {
      split.frame().saveResult(code, FRAME, SlotType.ofOpcode(opcode));
    }
    code.add(new InsnNode(ICONST_M1));
    code.add(new InsnNode(IRETURN));
  }

  private VarInsnNode relocated(VarInsnNode access) {
    if (split.signature().isContext(access)) {
      return new VarInsnNode(
          ALOAD, access.var == split.signature().memorySlot() ? MEMORY : INSTANCE);
    }
    Local local = new Local(access.var, SlotType.ofOpcode(access.getOpcode()));
    return new VarInsnNode(access.getOpcode(), slot(local));
  }

  private LabelNode[] relocated(Block from, List<LabelNode> targets) {
    Map<Integer, LabelNode> known = new HashMap<>();
    return targets.stream()
        .map(
            target ->
                known.computeIfAbsent(
                    split.graph().target(target), block -> relocated(from, target)))
        .toArray(LabelNode[]::new);
  }

  private LabelNode relocated(Block from, LabelNode target) {
    int block = split.graph().target(target);
    if (flow.isInside(block)) {
      return label(block);
    }
    Exit exit = new Exit(new LabelNode(), from, block);
    exits.add(exit);
    return exit.label;
  }

  private void fallThrough(Block block, int following) {
    int next = block.index() + 1;
    if (!flow.isInside(next)) {
      leave(block, next);
    } else if (next != following) {
      code.add(new JumpInsnNode(GOTO, label(next)));
    }
  }

  /** Saves what the target needs and returns its number; the hub is called at once instead. */
  private void leave(Block from, int target) {
    saveStack(split.graph().block(target).entryStack());
    save(flow.spilled(from, target));
    if (split.regions().isHub(target)) {
      code.add(new VarInsnNode(ALOAD, FRAME));
      code.add(new VarInsnNode(ALOAD, MEMORY));
      code.add(new VarInsnNode(ALOAD, INSTANCE));
      code.add(
          new MethodInsnNode(
              INVOKESTATIC, split.owner(), split.regionName(target), split.regionDescriptor()));
    } else {
      code.add(Code.push(split.regions().number(target)));
    }
    code.add(new InsnNode(IRETURN));
  }

  /** The hub's switch: every target is a region of its own, so a table look-up is enough. */
  private void dispatch(Block block, TableSwitchInsnNode table) {
    int index = freeSlot++;
    code.add(new VarInsnNode(ISTORE, index));
    int other = split.graph().target(table.dflt);
    saveStack(split.graph().block(other).entryStack());
    BitSet spilled = new BitSet();
    for (int target : block.successors()) {
      spilled.or(flow.spilled(block, target));
    }
    save(spilled);
    LabelNode outside = new LabelNode();
    int cases = table.labels.size();
    code.add(new VarInsnNode(ILOAD, index));
    code.add(Code.push(table.min));
    code.add(new InsnNode(ISUB));
    code.add(new InsnNode(DUP));
    code.add(new VarInsnNode(ISTORE, index));
    code.add(Code.push(cases));
    code.add(new MethodInsnNode(INVOKESTATIC, "java/lang/Integer", "compareUnsigned", "(II)I"));
    code.add(new JumpInsnNode(IFGE, outside));
    split.frame().loadHubTable(code);
    code.add(new VarInsnNode(ILOAD, index));
    code.add(new InsnNode(IALOAD));
    code.add(new InsnNode(IRETURN));
    code.add(outside);
    code.add(Code.push(split.regions().number(other)));
    code.add(new InsnNode(IRETURN));
    split
        .frame()
        .defineHubTable(
            table.labels.stream()
                .mapToInt(label -> split.regions().number(split.graph().target(label)))
                .toArray());
  }

  private void saveStack(List<SlotType> stack) {
    for (int depth = stack.size() - 1; depth >= 0; depth--) {
      split.frame().saveStack(code, FRAME, depth, stack.get(depth));
    }
  }

  private void save(BitSet locals) {
    Local.in(locals).forEach(local -> split.frame().save(code, FRAME, local, slot(local)));
  }

  private LabelNode label(int block) {
    LabelNode label = labels.get(block);
    if (label == null) {
      throw new IllegalArgumentException("Block %d is of another region.".formatted(block));
    }
    return label;
  }

  private int slot(Local local) {
    return slots.computeIfAbsent(
        local.key(),
        key -> {
          int slot = freeSlot;
          freeSlot += local.type().isWide() ? 2 : 1;
          return slot;
        });
  }
}
