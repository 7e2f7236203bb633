package dev.runnel.runtime.host.node;

import java.util.Arrays;

/**
 * Base64 as Node reads it: both alphabets at once, padding optional, anything else skipped, the end
 * at the first {@code =}.
 */
final class LenientBase64 {
  private static final byte[] VALUES = values();

  private LenientBase64() {}

  static byte[] decode(String text) {
    byte[] bytes = new byte[(int) (text.length() * 3L / 4) + 2];
    int length = 0;
    int bits = 0;
    int count = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
      char c = text.charAt(i);
      if (c > 127 || VALUES[c] < 0) {
        continue;
      }
      bits = bits << 6 | VALUES[c];
      count += 6;
      if (count >= 8) {
        count -= 8;
        bytes[length++] = (byte) (bits >> count);
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** From the length and the padding alone, as Node's {@code Buffer.byteLength} has it. */
  static int estimatedLength(String text) {
    int length = text.length();
    for (int padding = 0; padding < 2 && length > 1 && text.charAt(length - 1) == '='; padding++) {
      length--;
    }
    return (int) (length * 3L >>> 2);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    values['-'] = 62;
    values['_'] = 63;
    return values;
  }
}
