package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ALOAD;

import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Sends memory instructions to {@link dev.runnel.wasm.FlatAccess} or its like instead of Endive's
 * accessors. Loads and stores without a constant offset use the forms that have none: they need one
 * check less.
 */
final class MemorySplicer {
  private static final Set<String> SPLICED =
      Set.of(
          "memoryReadByte",
          "memoryReadShort",
          "memoryReadInt",
          "memoryReadLong",
          "memoryReadFloat",
          "memoryReadDouble",
          "memoryWriteByte",
          "memoryWriteShort",
          "memoryWriteInt",
          "memoryWriteLong",
          "memoryWriteFloat",
          "memoryWriteDouble",
          "memoryFill",
          "memoryInit",
          "memoryGrow",
          "memoryPages");

  /** Endive's accessors, as the compiler copies them into the module's package. */
  private final String accessors;

  private final MemoryShape shape;

  MemorySplicer(String accessors, MemoryShape shape) {
    this.accessors = accessors;
    this.shape = shape;
  }

  void apply(MethodNode method) {
    for (MethodInsnNode call : FunctionCode.calls(method)) {
      if (call.owner.equals(accessors) && isSpliced(call)) {
        call.owner = shape.access();
        call.desc = call.desc.replace(MemoryType.DECLARED, shape.descriptor());
        if (call.name.equals("memoryInit")) {
          passInstance(method, call);
        } else {
          dropZeroOffset(method, call);
        }
      }
    }
  }

  private static boolean isSpliced(MethodInsnNode call) {
    boolean copyWithinOneMemory =
        call.name.equals("memoryCopy") && call.desc.equals("(III" + MemoryType.DECLARED + ")V");
    return copyWithinOneMemory || SPLICED.contains(call.name);
  }

  private static void passInstance(MethodNode method, MethodInsnNode call) {
    int instance = FunctionCode.instanceSlot(method);
    method.instructions.insertBefore(call, new VarInsnNode(ALOAD, instance));
    call.desc = call.desc.replace(")", "Lrun/endive/runtime/Instance;)");
  }

  private static void dropZeroOffset(MethodNode method, MethodInsnNode call) {
    if (!call.name.startsWith("memoryRead") && !call.name.startsWith("memoryWrite")) {
      return;
    }
    AbstractInsnNode memory = FunctionCode.before(call);
    if (!FunctionCode.loads(memory, FunctionCode.memorySlot(method))) {
      return;
    }
    AbstractInsnNode offset = FunctionCode.before(memory);
    if (offset != null && FunctionCode.pushes(offset, 0)) {
      method.instructions.remove(offset);
      call.desc = withoutOffset(call.desc);
    }
  }

  /** The offset is the parameter before the memory. */
  private static String withoutOffset(String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    StringBuilder kept = new StringBuilder("(");
    for (int i = 0; i < types.length; i++) {
      if (i != types.length - 2) {
        kept.append(types[i].getDescriptor());
      }
    }
    return kept + ")" + Type.getReturnType(descriptor).getDescriptor();
  }
}
