package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.IASTORE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.NEWARRAY;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.PUTSTATIC;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SWAP;
import static org.objectweb.asm.Opcodes.T_INT;
import static org.objectweb.asm.Opcodes.V11;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The class whose objects carry one call of a split method from region to region: a field for each
 * local, operand stack slot and result that travels. Fields appear as the emitters ask for them.
 */
final class FrameClass {
  private static final String HUB_TABLE = "HUB";
  private static final String RESULT = "result";

  private final ClassNode node = new ClassNode();
  private final Set<String> fields = new HashSet<>();

  FrameClass(String internalName) {
    node.version = V11;
    node.access = ACC_PUBLIC | ACC_FINAL;
    node.name = internalName;
    node.superName = "java/lang/Object";
    MethodNode constructor = new MethodNode(0, "<init>", "()V", null, null);
    constructor.instructions.add(new VarInsnNode(ALOAD, 0));
    constructor.instructions.add(
        new MethodInsnNode(INVOKESPECIAL, node.superName, "<init>", "()V"));
    constructor.instructions.add(new InsnNode(RETURN));
    node.methods.add(constructor);
  }

  String name() {
    return node.name;
  }

  ClassNode node() {
    return node;
  }

  boolean has(Local local) {
    return fields.contains(local.fieldName());
  }

  /** Pushes a new frame. */
  void create(InsnList code) {
    code.add(new TypeInsnNode(NEW, node.name));
    code.add(new InsnNode(DUP));
    code.add(new MethodInsnNode(INVOKESPECIAL, node.name, "<init>", "()V"));
  }

  /** Pushes a local's value from the frame in JVM slot {@code frameSlot}. */
  void load(InsnList code, int frameSlot, Local local) {
    get(code, frameSlot, local.fieldName(), local.type());
  }

  /** Copies a local from its JVM slot into the frame. */
  void save(InsnList code, int frameSlot, Local local, int slot) {
    code.add(new VarInsnNode(ALOAD, frameSlot));
    code.add(new VarInsnNode(local.type().load, slot));
    put(code, local.fieldName(), local.type());
  }

  /** Pushes what {@link #saveStack} saved from this depth of the operand stack. */
  void loadStack(InsnList code, int frameSlot, int depth, SlotType type) {
    get(code, frameSlot, stackField(depth, type), type);
  }

  /** Pops the top of the operand stack into the frame. */
  void saveStack(InsnList code, int frameSlot, int depth, SlotType type) {
    popInto(code, frameSlot, stackField(depth, type), type);
  }

  void loadResult(InsnList code, int frameSlot, SlotType type) {
    get(code, frameSlot, RESULT, type);
  }

  void saveResult(InsnList code, int frameSlot, SlotType type) {
    popInto(code, frameSlot, RESULT, type);
  }

  /** Pushes the table from case to region number. */
  void loadHubTable(InsnList code) {
    code.add(new FieldInsnNode(GETSTATIC, node.name, HUB_TABLE, "[I"));
  }

  void defineHubTable(int[] regions) {
    node.fields.add(new FieldNode(ACC_STATIC | ACC_FINAL, HUB_TABLE, "[I", null, null));
    MethodNode initializer = new MethodNode(ACC_STATIC, "<clinit>", "()V", null, null);
    InsnList code = initializer.instructions;
    code.add(Code.push(regions.length));
    code.add(new IntInsnNode(NEWARRAY, T_INT));
    for (int i = 0; i < regions.length; i++) {
      code.add(new InsnNode(DUP));
      code.add(Code.push(i));
      code.add(Code.push(regions[i]));
      code.add(new InsnNode(IASTORE));
    }
    code.add(new FieldInsnNode(PUTSTATIC, node.name, HUB_TABLE, "[I"));
    code.add(new InsnNode(RETURN));
    node.methods.add(initializer);
  }

  private static String stackField(int depth, SlotType type) {
    return "stack" + depth + type.descriptor.charAt(0);
  }

  private void get(InsnList code, int frameSlot, String field, SlotType type) {
    declare(field, type);
    code.add(new VarInsnNode(ALOAD, frameSlot));
    code.add(new FieldInsnNode(GETFIELD, node.name, field, type.descriptor));
  }

  private void put(InsnList code, String field, SlotType type) {
    declare(field, type);
    code.add(new FieldInsnNode(PUTFIELD, node.name, field, type.descriptor));
  }

  private void popInto(InsnList code, int frameSlot, String field, SlotType type) {
    code.add(new VarInsnNode(ALOAD, frameSlot));
    if (type.isWide()) {
      code.add(new InsnNode(Opcodes.DUP_X2));
      code.add(new InsnNode(POP));
    } else {
      code.add(new InsnNode(SWAP));
    }
    put(code, field, type);
  }

  private void declare(String field, SlotType type) {
    if (type == SlotType.REFERENCE && !field.equals(RESULT)) {
      throw new IllegalStateException("A reference would cross regions: " + field);
    }
    if (fields.add(field)) {
      node.fields.add(new FieldNode(0, field, type.descriptor, null, null));
    }
  }
}
