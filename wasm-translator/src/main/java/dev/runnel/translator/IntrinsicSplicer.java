package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.DUP2;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.L2I;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.POP2;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Puts intrinsics where callers look for functions. The code of a function that an intrinsic stands
 * in front of moves to a method beside it.
 */
final class IntrinsicSplicer {
  private final ClassNode node;
  private final List<String> warnings;

  IntrinsicSplicer(ClassNode node, List<String> warnings) {
    this.node = node;
    this.warnings = warnings;
  }

  void apply(Intrinsic intrinsic) {
    String function = FunctionCode.methodName(intrinsic.function());
    for (MethodNode method : new ArrayList<>(node.methods)) {
      if (method.name.equals(function)) {
        splice(intrinsic, method);
      }
    }
  }

  private void splice(Intrinsic intrinsic, MethodNode method) {
    if (!intrinsic.fits(method.desc)) {
      warnings.add(
          "Intrinsic %s is left out: %s has no public static %s%s."
              .formatted(
                  intrinsic.name(),
                  intrinsic.owner().getName(),
                  intrinsic.method(),
                  intrinsic.descriptor(method.desc)));
      return;
    }
    MethodNode entry = new MethodNode(method.access, method.name, method.desc, null, null);
    switch (intrinsic.placement()) {
      case IN_PLACE -> {
        call(entry, intrinsic);
        entry.instructions.add(new InsnNode(Type.getReturnType(method.desc).getOpcode(IRETURN)));
        node.methods.remove(method);
      }
      case IN_FRONT -> {
        method.name += "_guest";
        tryFirst(entry, intrinsic, method);
      }
    }
    node.methods.add(entry);
  }

  private static void call(MethodNode entry, Intrinsic intrinsic) {
    loadParameters(entry);
    entry.instructions.add(
        new MethodInsnNode(
            INVOKESTATIC,
            Type.getInternalName(intrinsic.owner()),
            intrinsic.method(),
            intrinsic.descriptor(entry.desc)));
  }

  private void tryFirst(MethodNode entry, Intrinsic intrinsic, MethodNode guest) {
    Type result = Type.getReturnType(entry.desc);
    LabelNode declined = new LabelNode();
    InsnList code = entry.instructions;
    call(entry, intrinsic);
    if (result.equals(Type.VOID_TYPE)) {
      code.add(new JumpInsnNode(IFEQ, declined));
      code.add(new InsnNode(RETURN));
      code.add(declined);
    } else {
      code.add(new InsnNode(DUP2));
      code.add(new LdcInsnNode(Intrinsic.DECLINED));
      code.add(new InsnNode(LCMP));
      code.add(new JumpInsnNode(IFEQ, declined));
      if (result.equals(Type.INT_TYPE)) {
        code.add(new InsnNode(L2I));
      }
      code.add(new InsnNode(result.getOpcode(IRETURN)));
      code.add(declined);
      code.add(new InsnNode(POP2));
    }
    loadParameters(entry);
    code.add(new MethodInsnNode(INVOKESTATIC, node.name, guest.name, guest.desc));
    code.add(new InsnNode(result.getOpcode(IRETURN)));
  }

  private static void loadParameters(MethodNode entry) {
    int slot = 0;
    for (Type type : Type.getArgumentTypes(entry.desc)) {
      entry.instructions.add(new VarInsnNode(type.getOpcode(ILOAD), slot));
      slot += type.getSize();
    }
  }
}
