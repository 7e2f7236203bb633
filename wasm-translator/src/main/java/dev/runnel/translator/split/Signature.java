package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.ALOAD;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The signature of a translated function: its wasm parameters, then the memory, then the instance.
 * The last two are called its context.
 */
record Signature(
    List<Local> parameters,
    int memorySlot,
    int instanceSlot,
    int slots,
    Type memory,
    Type instance,
    Type result) {

  static Signature of(String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    List<Local> parameters = new ArrayList<>();
    int slot = 0;
    for (Type type : types) {
      parameters.add(new Local(slot, SlotType.of(type)));
      slot += type.getSize();
    }
    int count = types.length - 2;
    return new Signature(
        List.copyOf(parameters.subList(0, count)),
        parameters.get(count).slot(),
        parameters.get(count + 1).slot(),
        slot,
        types[count],
        types[count + 1],
        Type.getReturnType(descriptor));
  }

  boolean isContext(VarInsnNode access) {
    return access.getOpcode() == ALOAD && (access.var == memorySlot || access.var == instanceSlot);
  }

  /** The descriptor of a region method: frame, memory, instance → number of the next region. */
  String regionDescriptor(String frameClass) {
    return "(L%s;%s%s)I".formatted(frameClass, memory.getDescriptor(), instance.getDescriptor());
  }
}
