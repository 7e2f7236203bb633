package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.L2I;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Turns reads and writes of the stack pointer global into accesses of a field of the memory.
 * Through Endive's instance they took a tenth of the time of a QuickJS program.
 */
final class StackPointerSplicer {
  private final String accessors;
  private final MemoryShape shape;
  private final int global;

  StackPointerSplicer(String accessors, MemoryShape shape, int global) {
    this.accessors = accessors;
    this.shape = shape;
    this.global = global;
  }

  void apply(MethodNode method) {
    for (MethodInsnNode call : FunctionCode.calls(method)) {
      boolean reads = call.name.equals("readGlobal");
      boolean writes = call.name.equals("writeGlobal");
      if (call.owner.equals(accessors) && (reads || writes)) {
        splice(method, call, reads);
      }
    }
  }

  /** The compiler emits {@code [i2l] push index; aload instance; invokestatic; [l2i]}. */
  private void splice(MethodNode method, MethodInsnNode call, boolean reads) {
    AbstractInsnNode instance = FunctionCode.before(call);
    AbstractInsnNode index = FunctionCode.before(instance);
    if (!FunctionCode.loads(instance, FunctionCode.instanceSlot(method))
        || !FunctionCode.pushes(index, global)) {
      return;
    }
    @Nullable AbstractInsnNode conversion = reads ? after(call) : FunctionCode.before(index);
    if (conversion == null || conversion.getOpcode() != (reads ? L2I : I2L)) {
      return;
    }
    InsnList code = method.instructions;
    code.remove(instance);
    code.remove(index);
    code.remove(conversion);
    code.insertBefore(call, new VarInsnNode(ALOAD, FunctionCode.memorySlot(method)));
    code.set(call, access(reads));
  }

  private MethodInsnNode access(boolean reads) {
    String memory = shape.descriptor() + ")";
    return reads
        ? new MethodInsnNode(INVOKESTATIC, shape.access(), "stackPointer", "(" + memory + "I")
        : new MethodInsnNode(INVOKESTATIC, shape.access(), "setStackPointer", "(I" + memory + "V");
  }

  private static @Nullable AbstractInsnNode after(AbstractInsnNode instruction) {
    AbstractInsnNode next = instruction.getNext();
    while (next != null && next.getOpcode() < 0) {
      next = next.getNext();
    }
    return next;
  }
}
