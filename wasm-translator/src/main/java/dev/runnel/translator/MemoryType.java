package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.CHECKCAST;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Has the module's methods pass their memory as what it is, a {@link MemoryShape}: from the
 * interface that Endive's compiler declares, each method would have to cast it.
 */
final class MemoryType {
  static final String DECLARED = "Lrun/endive/runtime/Memory;";
  private static final String INSTANCE = "run/endive/runtime/Instance";

  private final String machine;
  private final String accessors;
  private final MemoryShape shape;

  /**
   * @param machine the machine class; names of all others of the module start with its name
   * @param accessors the one class of the module that keeps its signatures
   */
  MemoryType(String machine, String accessors, MemoryShape shape) {
    this.machine = machine;
    this.accessors = accessors;
    this.shape = shape;
  }

  void apply(ClassNode node) {
    for (MethodNode method : node.methods) {
      if ((method.access & ACC_STATIC) != 0) {
        method.desc = method.desc.replace(DECLARED, shape.descriptor());
      }
      for (MethodInsnNode call : FunctionCode.calls(method)) {
        if (call.owner.startsWith(machine) && !call.owner.equals(accessors)) {
          call.desc = call.desc.replace(DECLARED, shape.descriptor());
        } else if (call.owner.equals(INSTANCE) && call.desc.endsWith(")" + DECLARED)) {
          method.instructions.insert(call, new TypeInsnNode(CHECKCAST, shape.type()));
        }
      }
    }
  }
}
