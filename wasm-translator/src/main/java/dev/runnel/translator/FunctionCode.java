package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_5;
import static org.objectweb.asm.Opcodes.NEWARRAY;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The shapes that Endive's compiler emits and the passes look for. Translated functions are static
 * methods {@code func_N(wasm parameters…, memory, Instance)}.
 */
final class FunctionCode {
  private static final String PREFIX = "func_";
  private static final String CONTEXT = "Memory;Lrun/endive/runtime/Instance;)";

  private FunctionCode() {}

  static String methodName(int function) {
    return PREFIX + function;
  }

  static boolean isFunction(MethodNode method) {
    return isFunctionName(method.name) && method.desc.contains(CONTEXT);
  }

  static boolean isFunctionName(String method) {
    return method.startsWith(PREFIX);
  }

  static int memorySlot(MethodNode method) {
    return instanceSlot(method) - 1;
  }

  static int instanceSlot(MethodNode method) {
    int slots = 0;
    for (Type type : Type.getArgumentTypes(method.desc)) {
      slots += type.getSize();
    }
    return slots - 1;
  }

  static List<MethodInsnNode> calls(MethodNode method) {
    return Arrays.stream(method.instructions.toArray())
        .filter(MethodInsnNode.class::isInstance)
        .map(MethodInsnNode.class::cast)
        .toList();
  }

  /** The real instruction before this one; labels and line numbers don't count. */
  static @Nullable AbstractInsnNode before(@Nullable AbstractInsnNode instruction) {
    AbstractInsnNode previous = instruction == null ? null : instruction.getPrevious();
    while (previous != null && previous.getOpcode() < 0) {
      previous = previous.getPrevious();
    }
    return previous;
  }

  static boolean loads(@Nullable AbstractInsnNode instruction, int slot) {
    return instruction instanceof VarInsnNode load && load.getOpcode() == ALOAD && load.var == slot;
  }

  /** The int constant that the instruction pushes, if it is one. */
  static OptionalInt pushed(@Nullable AbstractInsnNode instruction) {
    return switch (instruction) {
      case IntInsnNode push when push.getOpcode() != NEWARRAY -> OptionalInt.of(push.operand);
      case LdcInsnNode constant when constant.cst instanceof Integer value -> OptionalInt.of(value);
      case InsnNode insn when insn.getOpcode() >= ICONST_0 && insn.getOpcode() <= ICONST_5 ->
          OptionalInt.of(insn.getOpcode() - ICONST_0);
      case null, default -> OptionalInt.empty();
    };
  }

  /** Whether the instruction pushes this int constant. */
  static boolean pushes(@Nullable AbstractInsnNode instruction, int value) {
    return switch (instruction) {
      case null -> false;
      case IntInsnNode push -> push.getOpcode() != NEWARRAY && push.operand == value;
      case LdcInsnNode constant -> Integer.valueOf(value).equals(constant.cst);
      default -> value >= -1 && value <= 5 && instruction.getOpcode() == ICONST_0 + value;
    };
  }
}
