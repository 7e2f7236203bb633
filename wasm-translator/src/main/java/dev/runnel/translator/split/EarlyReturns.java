package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Leaves in a function only the ways to its early returns, so that HotSpot inlines those into
 * callers, and moves the rest to a method beside it, which takes the live locals as arguments.
 *
 * <p>A reference count that stays above zero, two strings that are one object: most calls of such
 * functions end after a few instructions, but the others make the method too large to inline.
 */
public final class EarlyReturns {
  private static final int MOST_EXITS = 8;
  private static final int MOST_SLOTS = 100;

  private final ClassNode owner;
  private final MethodNode method;
  private final Signature signature;
  private final ControlFlowGraph graph;
  private final EntryPart entry;
  private final int[] exits;
  private final List<Local> arguments = new ArrayList<>();

  private EarlyReturns(ClassNode owner, MethodNode method, int weight) throws AnalyzerException {
    this.owner = owner;
    this.method = method;
    signature = Signature.of(method.desc);
    graph = new ControlFlowGraph(owner.name, method, Integer.MAX_VALUE);
    Dominators dominators = new Dominators(graph);
    entry = new EntryPart(graph, dominators, weight);
    exits = entry.exits();
    Liveness liveness = new Liveness(graph, dominators, signature);
    BitSet live = new BitSet();
    for (int exit : exits) {
      live.or(liveness.liveIn(exit));
    }
    Local.in(live).forEach(arguments::add);
  }

  /**
   * Splits the method if an entry part of at most {@code weight} instructions returns on some path.
   *
   * @return whether it was split; else it is unchanged
   */
  public static boolean split(ClassNode owner, MethodNode method, int weight) {
    try {
      if (method.tryCatchBlocks.isEmpty()) {
        EarlyReturns split = new EarlyReturns(owner, method, weight);
        if (split.isPossible()) {
          split.rewrite();
          return true;
        }
      }
      return false;
    } catch (AnalyzerException e) {
      return false; // It stays whole, as it was.
    }
  }

  private boolean isPossible() {
    int slots = arguments.stream().mapToInt(local -> local.type().isWide() ? 2 : 1).sum();
    boolean passable = arguments.stream().noneMatch(local -> local.type() == SlotType.REFERENCE);
    boolean emptyStacks = true;
    for (int exit : exits) {
      emptyStacks &= graph.block(exit).entryStack().isEmpty();
    }
    return entry.returns()
        && exits.length > 0
        && exits.length <= MOST_EXITS
        && slots <= MOST_SLOTS
        && passable
        && emptyStacks;
  }

  private void rewrite() {
    MethodNode rest = rest();
    InsnList code = entryCode(rest);
    method.instructions = code;
    method.localVariables = null;
    owner.methods.add(rest);
  }

  // ---- The part that stays ----

  private InsnList entryCode(MethodNode rest) {
    BlockCopier copier = new BlockCopier(graph, Local::slot);
    copier.copy(blocks(block -> entry.has(block.index())));
    for (int i = 0; i < exits.length; i++) {
      copier.code().add(copier.label(exits[i]));
      callRest(copier.code(), rest, i);
    }
    return copier.code();
  }

  private List<Block> blocks(Predicate<Block> wanted) {
    return graph.blocks().stream().filter(wanted).toList();
  }

  private void callRest(InsnList code, MethodNode rest, int exit) {
    code.add(Code.push(exit));
    arguments.forEach(local -> code.add(new VarInsnNode(local.type().load, local.slot())));
    code.add(new VarInsnNode(ALOAD, signature.memorySlot()));
    code.add(new VarInsnNode(ALOAD, signature.instanceSlot()));
    code.add(new MethodInsnNode(INVOKESTATIC, owner.name, rest.name, rest.desc));
    code.add(new InsnNode(signature.result().getOpcode(IRETURN)));
  }

  // ---- The part that moves ----

  /** (number of the exit, live locals…, memory, instance) → the function's result. */
  private MethodNode rest() {
    List<Type> types = new ArrayList<>(List.of(Type.INT_TYPE));
    arguments.forEach(local -> types.add(Type.getType(local.type().descriptor)));
    types.add(signature.memory());
    types.add(signature.instance());
    String descriptor = Type.getMethodDescriptor(signature.result(), types.toArray(Type[]::new));
    MethodNode rest = new MethodNode(ACC_STATIC, method.name + "_rest", descriptor, null, null);
    LocalSlots slots = new LocalSlots(1);
    arguments.forEach(slots::of);
    slots.of(new Local(signature.memorySlot(), SlotType.REFERENCE));
    slots.of(new Local(signature.instanceSlot(), SlotType.REFERENCE));
    BlockCopier copier = new BlockCopier(graph, slots::of);
    enter(copier);
    copier.copy(blocks(block -> !entry.has(block.index()) || entry.isShared(block.index())));
    rest.instructions = copier.code();
    return rest;
  }

  private void enter(BlockCopier copier) {
    LabelNode[] targets = IntStream.of(exits).mapToObj(copier::label).toArray(LabelNode[]::new);
    LabelNode last = targets[targets.length - 1];
    copier.code().add(new VarInsnNode(ILOAD, 0));
    copier.code().add(new TableSwitchInsnNode(0, targets.length - 1, last, targets));
  }
}
