package dev.runnel.translator.split;

import java.util.BitSet;
import java.util.stream.Stream;

/**
 * A local variable of one type. The same slot may hold an int here and a long there; those are two
 * locals. Sets of locals are bit sets of {@link #key()}.
 */
record Local(int slot, SlotType type) {
  private static final SlotType[] TYPES = SlotType.values();

  int key() {
    return slot * TYPES.length + type.ordinal();
  }

  static Local ofKey(int key) {
    return new Local(key / TYPES.length, TYPES[key % TYPES.length]);
  }

  static Stream<Local> in(BitSet keys) {
    return keys.stream().mapToObj(Local::ofKey);
  }

  String fieldName() {
    return "local" + slot + type.descriptor.charAt(0);
  }
}
