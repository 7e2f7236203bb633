package dev.runnel.translator.split;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.DLOAD;
import static org.objectweb.asm.Opcodes.DRETURN;
import static org.objectweb.asm.Opcodes.DSTORE;
import static org.objectweb.asm.Opcodes.FLOAD;
import static org.objectweb.asm.Opcodes.FRETURN;
import static org.objectweb.asm.Opcodes.FSTORE;
import static org.objectweb.asm.Opcodes.IINC;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LRETURN;
import static org.objectweb.asm.Opcodes.LSTORE;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.analysis.BasicValue;

/** What a local or an operand stack slot of the JVM holds. */
enum SlotType {
  INT("I", ILOAD, ISTORE, IRETURN),
  LONG("J", LLOAD, LSTORE, LRETURN),
  FLOAT("F", FLOAD, FSTORE, FRETURN),
  DOUBLE("D", DLOAD, DSTORE, DRETURN),
  /** Only arguments may be references; no region hands one to another. */
  REFERENCE("Ljava/lang/Object;", ALOAD, ASTORE, ARETURN);

  final String descriptor;
  final int load;
  final int store;
  final int giveBack;

  SlotType(String descriptor, int load, int store, int giveBack) {
    this.descriptor = descriptor;
    this.load = load;
    this.store = store;
    this.giveBack = giveBack;
  }

  boolean isWide() {
    return this == LONG || this == DOUBLE;
  }

  static SlotType of(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> LONG;
      case Type.FLOAT -> FLOAT;
      case Type.DOUBLE -> DOUBLE;
      case Type.ARRAY, Type.OBJECT, Type.METHOD -> REFERENCE;
      default -> INT;
    };
  }

  static SlotType of(BasicValue value) {
    return of(value.getType());
  }

  /** The type that a load, store, return or iinc instruction moves. */
  static SlotType ofOpcode(int opcode) {
    return switch (opcode) {
      case ILOAD, ISTORE, IRETURN, IINC -> INT;
      case LLOAD, LSTORE, LRETURN -> LONG;
      case FLOAD, FSTORE, FRETURN -> FLOAT;
      case DLOAD, DSTORE, DRETURN -> DOUBLE;
      case ALOAD, ASTORE, ARETURN -> REFERENCE;
      default -> throw new IllegalArgumentException("No load, store or return: " + opcode);
    };
  }
}
