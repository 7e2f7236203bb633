package dev.runnel.quickjs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Takes the text of very large functions out of bytecode. QuickJS keeps a function's text with each
 * function, so in a bundle whose packages are wrapped in functions everything would be there twice
 * or more. ECMAScript lets a host have no text of a function; it then shows as native code. Classes
 * keep theirs, since programs tell them from functions by it.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-hosthassourcetextavailable">HostHasSourceTextAvailable
 *     </a>
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c,
 *     JS_WriteFunctionTag and JS_ReadObjectAtoms</a>
 */
final class FunctionTexts {
  /** In bytes. Programs that want a function's text to run it elsewhere have smaller ones. */
  private static final int VERY_LARGE = 1 << 16;

  /** Bytecode starts with a version byte and a checksum. */
  private static final int CHECKSUM = 1;

  private static final int HEADER = 5;

  /** Four bytes of this stand for no checksum. */
  private static final byte UNCHECKED = -1;

  private static final byte[] CLASS = "class".getBytes(US_ASCII);

  private final byte[] full;
  private final byte[] bare;
  private final ByteArrayOutputStream kept;
  private int inFull = HEADER;
  private int inBare = HEADER;

  private FunctionTexts(byte[] full, byte[] bare) {
    this.full = full;
    this.bare = bare;
    this.kept = new ByteArrayOutputStream(full.length);
  }

  /**
   * @param full bytecode with all texts
   * @param bare the same without any
   */
  static byte[] dropVeryLarge(byte[] full, byte[] bare) {
    return new FunctionTexts(full, bare).drop();
  }

  /** The two differ where a text's length and the text stand in one, and a zero in the other. */
  private byte[] drop() {
    kept.write(full, 0, HEADER);
    while (inFull < full.length) {
      int same = Arrays.mismatch(full, inFull, full.length, bare, inBare, bare.length);
      if (same < 0) {
        kept.write(full, inFull, full.length - inFull);
        inFull = full.length;
      } else {
        kept.write(full, inFull, same);
        inFull += same;
        inBare += same;
        takeText();
      }
    }
    byte[] bytecode = kept.toByteArray();
    Arrays.fill(bytecode, CHECKSUM, HEADER, UNCHECKED);
    return bytecode;
  }

  private void takeText() {
    int start = inFull;
    int length = length();
    if (inBare >= bare.length || bare[inBare] != 0 || length > full.length - inFull) {
      throw new IllegalStateException("QuickJS's bytecode is not laid out as expected.");
    }
    int end = inFull + length;
    if (length >= VERY_LARGE && !isClass()) {
      kept.write(0);
    } else {
      kept.write(full, start, end - start);
    }
    inFull = end;
    inBare++;
  }

  /** Reads an LEB128 number. */
  private int length() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = full[inFull++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private boolean isClass() {
    return Arrays.equals(full, inFull, inFull + CLASS.length, CLASS, 0, CLASS.length);
  }
}
