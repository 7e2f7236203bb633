package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Replaces Endive's interruption checks (at every call and back-edge, on the thread's flag) by a
 * poll of the guest's own flag at every back-edge.
 *
 * <p>In code compiled from WebAssembly a jump backwards in the code is a back-edge, and there are
 * no others: only {@code loop} can be jumped back to.
 *
 * <p>An interpreter that polls on its own account may have its dispatcher left out: the loop whose
 * first branch is a switch of at least {@code unpolledTargets} different targets.
 */
final class InterruptPolls {
  private final String accessors;
  private final MemoryShape shape;
  private final int unpolledTargets;
  private int polls;

  InterruptPolls(String accessors, MemoryShape shape, int unpolledTargets) {
    this.accessors = accessors;
    this.shape = shape;
    this.unpolledTargets = unpolledTargets;
  }

  int count() {
    return polls;
  }

  void apply(MethodNode method) {
    for (MethodInsnNode call : FunctionCode.calls(method)) {
      if (call.owner.equals(accessors) && call.name.equals("checkInterruption")) {
        method.instructions.remove(call);
      }
    }
    if (FunctionCode.isFunction(method)) {
      poll(method);
    }
  }

  private void poll(MethodNode method) {
    InsnList code = method.instructions;
    Set<LabelNode> dispatchers = dispatcherLabels(code);
    Map<LabelNode, Boolean> passed = new IdentityHashMap<>();
    for (AbstractInsnNode instruction : code.toArray()) {
      if (instruction instanceof LabelNode label) {
        passed.put(label, true);
      }
      boolean loops =
          targets(instruction).stream()
              .anyMatch(target -> passed.containsKey(target) && !dispatchers.contains(target));
      if (loops) {
        code.insertBefore(instruction, new VarInsnNode(ALOAD, FunctionCode.memorySlot(method)));
        code.insertBefore(instruction, pollCall());
        polls++;
      }
    }
  }

  private MethodInsnNode pollCall() {
    return new MethodInsnNode(
        INVOKESTATIC, shape.access(), "poll", "(" + shape.descriptor() + ")V");
  }

  /** Labels from which straight code leads to a switch that counts as a dispatcher. */
  private Set<LabelNode> dispatcherLabels(InsnList code) {
    Set<LabelNode> labels = new HashSet<>();
    for (AbstractInsnNode instruction : code.toArray()) {
      if (instruction instanceof TableSwitchInsnNode table && isDispatcher(table)) {
        AbstractInsnNode before = table.getPrevious();
        while (before != null && targets(before).isEmpty()) {
          if (before instanceof LabelNode label) {
            labels.add(label);
          }
          before = before.getPrevious();
        }
      }
    }
    return labels;
  }

  private boolean isDispatcher(TableSwitchInsnNode table) {
    return unpolledTargets > 0 && new HashSet<>(table.labels).size() >= unpolledTargets;
  }

  private static List<LabelNode> targets(AbstractInsnNode instruction) {
    return switch (instruction) {
      case JumpInsnNode jump -> List.of(jump.label);
      case TableSwitchInsnNode table -> plus(table.labels, table.dflt);
      case LookupSwitchInsnNode lookup -> plus(lookup.labels, lookup.dflt);
      default -> List.of();
    };
  }

  private static List<LabelNode> plus(List<LabelNode> labels, LabelNode other) {
    List<LabelNode> all = new ArrayList<>(labels);
    all.add(other);
    return all;
  }
}
