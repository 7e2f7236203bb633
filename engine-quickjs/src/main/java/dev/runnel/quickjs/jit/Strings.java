package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadByte;
import static dev.runnel.wasm.FlatAccess.memoryReadInt;

import dev.runnel.quickjs.jit.Layout.Str;
import dev.runnel.wasm.FlatMemory;

/** Short strings of ASCII characters, read out of the heap. */
final class Strings {
  private static final int CHARACTERS = 24;

  private Strings() {}

  static boolean is(FlatMemory memory, long string, String text) {
    int at = (int) string;
    if (memoryReadInt(at + Str.LENGTH, memory) != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (memoryReadByte(at + CHARACTERS + i, memory) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
