package dev.runnel.quickjs.build;

import dev.runnel.translator.binary.ByteWriter;

/**
 * A function type, written as in {@code "ilii>l"}: i for i32, l for i64, parameters before the sign
 * and results behind it.
 */
record Signature(String text) {

  byte[] bytes() {
    String[] sides = text.split(">", -1);
    return new ByteWriter().u8(0x60).sized(types(sides[0])).sized(types(sides[1])).toBytes();
  }

  private static byte[] types(String letters) {
    byte[] types = new byte[letters.length()];
    for (int i = 0; i < types.length; i++) {
      types[i] = (byte) (letters.charAt(i) == 'i' ? 0x7f : 0x7e);
    }
    return types;
  }
}
