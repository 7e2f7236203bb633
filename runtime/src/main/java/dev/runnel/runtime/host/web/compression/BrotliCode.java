package dev.runnel.runtime.host.web.compression;

import java.util.Map;

/** What Node calls the errors of Brotli's decoder. */
public final class BrotliCode {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(-1, "FORMAT_EXUBERANT_NIBBLE"),
          Map.entry(-2, "FORMAT_RESERVED"),
          Map.entry(-3, "FORMAT_EXUBERANT_META_NIBBLE"),
          Map.entry(-4, "FORMAT_SIMPLE_HUFFMAN_ALPHABET"),
          Map.entry(-5, "FORMAT_SIMPLE_HUFFMAN_SAME"),
          Map.entry(-6, "FORMAT_CL_SPACE"),
          Map.entry(-7, "FORMAT_HUFFMAN_SPACE"),
          Map.entry(-8, "FORMAT_CONTEXT_MAP_REPEAT"),
          Map.entry(-9, "FORMAT_BLOCK_LENGTH_1"),
          Map.entry(-10, "FORMAT_BLOCK_LENGTH_2"),
          Map.entry(-11, "FORMAT_TRANSFORM"),
          Map.entry(-12, "FORMAT_DICTIONARY"),
          Map.entry(-13, "FORMAT_WINDOW_BITS"),
          Map.entry(-14, "FORMAT_PADDING_1"),
          Map.entry(-15, "FORMAT_PADDING_2"),
          Map.entry(-16, "FORMAT_DISTANCE"),
          Map.entry(-19, "DICTIONARY_NOT_SET"),
          Map.entry(-20, "INVALID_ARGUMENTS"));

  private BrotliCode() {}

  /** Such as {@code ERR__ERROR_FORMAT_PADDING_1}. */
  public static String nameOf(int code) {
    return "ERR__ERROR_" + NAMES.getOrDefault(code, "UNREACHABLE");
  }
}
