package dev.runnel.v8.build;

import java.nio.charset.StandardCharsets;

/**
 * One file of ICU's data, turned from the byte order of ICU for Java into that of ICU for C. The
 * formats are those of ICU 77; each is told by four letters in the header that all of them share.
 */
final class IcuItem {
  private static final int BIG_ENDIAN_FLAG = 8;
  private static final int FORMAT = 12;
  private static final int FORMAT_VERSION = 16;

  private IcuItem() {}

  /** Turns a whole file in place. */
  static void turn(byte[] file) {
    turn(new Bytes(file));
  }

  static void turn(Bytes file) {
    String format = format(file);
    int version = file.u8(FORMAT_VERSION);
    Bytes body = file.from(turnHeader(file));
    switch (format) {
      case "ResB" -> new ResourceBundle(body).turn();
      case "UCol" -> turnCollation(body);
      case "Brk " -> turnBreakRules(body);
      case "Dict" -> turnDictionary(body);
      case "Nrm2" -> turnNormalizer(body);
      case "Emoj" -> turnEmoji(body);
      default ->
          throw new IllegalArgumentException(
              "The data format %s version %d is not known.".formatted(format, version));
    }
  }

  static boolean hasHeader(Bytes data) {
    return data.size() > FORMAT_VERSION && data.u8(2) == 0xda && data.u8(3) == 0x27;
  }

  static String format(Bytes file) {
    byte[] letters = new byte[4];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) file.u8(FORMAT + i);
    }
    return new String(letters, StandardCharsets.US_ASCII);
  }

  /** Returns where the header ends. */
  private static int turnHeader(Bytes file) {
    int size = file.u16(0);
    file.turn16(0, 1);
    file.turn16(4, 2);
    file.put8(BIG_ENDIAN_FLAG, 0);
    return size;
  }

  // ---- Collation: ICU's collationdatareader.h ----

  private static final int COLLATION_INDEXES = 20;
  private static final int REORDER_CODES = 5;
  private static final int TRIE = 7;
  private static final int EXPANSIONS_64 = 9;
  private static final int EXPANSIONS_32 = 11;
  private static final int ROOT_ELEMENTS = 12;
  private static final int CONTEXTS = 13;
  private static final int UNSAFE_BACKWARD = 14;
  private static final int FAST_LATIN = 15;
  private static final int SCRIPTS = 16;

  private static void turnCollation(Bytes body) {
    int count = body.i32(0);
    int[] starts = new int[COLLATION_INDEXES + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = body.i32(4 * Math.min(i, count - 1));
    }
    body.turn32(0, count);
    if (count <= REORDER_CODES) {
      return;
    }
    for (int part = REORDER_CODES; part < COLLATION_INDEXES - 1; part++) {
      turnCollationPart(body, part, starts[part], starts[part + 1] - starts[part]);
    }
  }

  private static void turnCollationPart(Bytes body, int part, int start, int length) {
    if (length == 0) {
      return;
    }
    switch (part) {
      case REORDER_CODES, EXPANSIONS_32, ROOT_ELEMENTS -> body.turn32(start, length / 4);
      case TRIE -> Tries.turn(body.from(start));
      case EXPANSIONS_64 -> body.turn64(start, length / 8);
      case CONTEXTS, UNSAFE_BACKWARD, FAST_LATIN, SCRIPTS -> body.turn16(start, length / 2);
      default -> {
        // Bytes.
      }
    }
  }

  // ---- Text boundaries: ICU's rbbidata.h ----

  private static final int RULES_HEADER_WORDS = 20;
  private static final int EIGHT_BIT_ROWS = 4;

  private static void turnBreakRules(Bytes body) {
    for (int table : new int[] {4, 6}) {
      turnStateTable(body, body.i32(4 * table), body.i32(4 * (table + 1)));
    }
    Tries.turn(body.from(body.i32(4 * 8)));
    body.turn32(body.i32(4 * 12), body.i32(4 * 13) / 4);
    body.turn32(0, 1);
    body.turn32(8, RULES_HEADER_WORDS - 2); // The word between is a version, in bytes.
  }

  private static void turnStateTable(Bytes body, int start, int length) {
    if (length == 0) {
      return;
    }
    int flags = body.i32(start + 16);
    body.turn32(start, 5);
    if ((flags & EIGHT_BIT_ROWS) == 0) {
      body.turn16(start + 20, (length - 20) / 2);
    }
  }

  // ---- Dictionaries: ICU's dictionarydata.h ----

  private static void turnDictionary(Bytes body) {
    int start = body.i32(0);
    int total = body.i32(12);
    boolean isSixteenBit = (body.i32(16) & 7) == 1;
    body.turn32(0, 8);
    if (isSixteenBit) {
      body.turn16(start, (total - start) / 2);
    }
  }

  // ---- Normalization: ICU's normalizer2impl.h ----

  private static void turnNormalizer(Bytes body) {
    int trie = body.i32(0);
    int extra = body.i32(4);
    int small = body.i32(8);
    body.turn32(0, trie / 4);
    Tries.turn(body.from(trie));
    body.turn16(extra, (small - extra) / 2);
  }

  // ---- Emoji: ICU's emojiprops.h ----

  private static void turnEmoji(Bytes body) {
    int trie = body.i32(0);
    int sequences = body.i32(16);
    body.turn32(0, trie / 4);
    Tries.turn(body.from(trie));
    body.turn16(sequences, (body.size() - sequences) / 2);
  }
}
