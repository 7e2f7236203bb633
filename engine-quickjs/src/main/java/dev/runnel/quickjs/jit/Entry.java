package dev.runnel.quickjs.jit;

/**
 * What the emitter knows of one entry of the operand stack. All but owned ones are borrowed: they
 * cost no reference until somebody must own them.
 *
 * @param index of the slot, local or argument that the value is in
 * @param value of a constant
 * @param plain whether it is known to have no reference count
 */
record Entry(Kind kind, int index, long value, boolean plain) {
  enum Kind {
    /** Owned, in the slot of its own position. */
    OWNED,
    /** The value of another slot, which owns it. */
    ALIAS,
    LOCAL,
    ARGUMENT,
    THIS,
    CONSTANT,
    /** Owned, in the frame's stack in memory: an argument of a call that is under way. */
    MEMORY
  }

  static Entry owned(int position, boolean plain) {
    return new Entry(Kind.OWNED, position, 0, plain);
  }

  static Entry alias(int position, boolean plain) {
    return new Entry(Kind.ALIAS, position, 0, plain);
  }

  static Entry local(int index) {
    return new Entry(Kind.LOCAL, index, 0, false);
  }

  static Entry argument(int index) {
    return new Entry(Kind.ARGUMENT, index, 0, false);
  }

  static Entry receiver() {
    return new Entry(Kind.THIS, 0, 0, false);
  }

  static Entry constant(long value) {
    return new Entry(Kind.CONSTANT, 0, value, !Bits.isCounted(value));
  }

  static Entry memory(int position) {
    return new Entry(Kind.MEMORY, position, 0, false);
  }

  boolean isOwned() {
    return kind == Kind.OWNED;
  }

  /** Whether dropping it means freeing it. */
  boolean isFreed() {
    return kind == Kind.OWNED && !plain;
  }

  boolean is(Kind wanted, int of) {
    return kind == wanted && index == of;
  }
}
