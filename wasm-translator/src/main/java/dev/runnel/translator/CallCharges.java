package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Has every function say at its start how much of the thread's stack it takes, and give that back
 * before it returns or goes on after an exception. So deep recursion ends at a limit, and not
 * wherever the thread's stack does.
 */
final class CallCharges {
  /** What a call takes beside its locals and operands: the JVM's own words and a dispatcher's. */
  private static final int FRAME = 256;

  private CallCharges() {}

  static void apply(MethodNode method, MemoryShape shape) {
    int before = method.maxLocals++;
    int bytes = FRAME + Long.BYTES * (method.maxLocals + method.maxStack);
    Set<LabelNode> handlers = new HashSet<>();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      handlers.add(block.handler);
    }
    for (AbstractInsnNode instruction : method.instructions.toArray()) {
      int opcode = instruction.getOpcode();
      if (opcode >= IRETURN && opcode <= RETURN) {
        method.instructions.insertBefore(instruction, leave(method, shape, before, 0));
      } else if (instruction instanceof LabelNode label && handlers.contains(label)) {
        method.instructions.insert(label, leave(method, shape, before, bytes));
      }
    }
    method.instructions.insert(enter(method, shape, before, bytes));
  }

  private static InsnList enter(MethodNode method, MemoryShape shape, int before, int bytes) {
    InsnList code = new InsnList();
    code.add(new LdcInsnNode(bytes));
    code.add(new VarInsnNode(ALOAD, FunctionCode.memorySlot(method)));
    code.add(
        new MethodInsnNode(
            INVOKESTATIC, shape.access(), "enter", "(I" + shape.descriptor() + ")I"));
    code.add(new VarInsnNode(ISTORE, before));
    return code;
  }

  private static InsnList leave(MethodNode method, MemoryShape shape, int before, int bytes) {
    InsnList code = new InsnList();
    code.add(new VarInsnNode(ILOAD, before));
    if (bytes != 0) {
      code.add(new LdcInsnNode(bytes));
      code.add(new InsnNode(IADD));
    }
    code.add(new VarInsnNode(ALOAD, FunctionCode.memorySlot(method)));
    code.add(
        new MethodInsnNode(
            INVOKESTATIC, shape.access(), "leave", "(I" + shape.descriptor() + ")V"));
    return code;
  }
}
