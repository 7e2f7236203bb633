package dev.runnel.quickjs;

/**
 * How QuickJS lays out a flat string: a header, then 8-bit or 16-bit characters there or elsewhere.
 *
 * <pre>
 *  0  u32  length in characters, top bit: 16-bit characters
 *  4  u32  bits 28 and 29: where the characters are
 *  8  u32  hash_next
 * 12  u32  first_weak_ref
 * 16  u32  list of all strings, two words
 * 24       the characters; or parent u32, start u32; or the characters' address u32
 * </pre>
 *
 * {@link LayoutCheck} compares what this class reads with what QuickJS says of strings of each
 * kind.
 *
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c, struct
 *     JSString</a>
 */
final class StringLayout {
  private static final int KIND_SHIFT = 28;
  private static final int KIND_NORMAL = 0;
  private static final int KIND_SLICE = 1;
  private static final int KIND_INDIRECT = 2;
  private static final int HEADER_BYTES = 24;

  private StringLayout() {}

  static String read(Guest guest, int string) {
    int lengthAndWidth = guest.readInt(string);
    int length = lengthAndWidth & 0x7fffffff;
    int characters = characters(guest, string);
    return lengthAndWidth < 0
        ? GuestText.utf16(guest, characters, length)
        : GuestText.latin1(guest, characters, length);
  }

  private static int characters(Guest guest, int string) {
    int body = string + HEADER_BYTES;
    return switch (guest.readInt(string + 4) >>> KIND_SHIFT & 3) {
      case KIND_NORMAL -> body;
      case KIND_SLICE -> guest.readInt(body) + HEADER_BYTES + guest.readInt(body + 4);
      case KIND_INDIRECT -> guest.readInt(body);
      default -> throw new run.endive.runtime.TrapException("a string has no known kind");
    };
  }
}
