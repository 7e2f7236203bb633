package dev.runnel.codec.zstd;

import java.util.Map;
import java.util.zip.DataFormatException;

/** Compressed data that is no Zstandard stream, or parameters that fit none. */
public final class ZstdException extends DataFormatException {
  /** Functions that fail return the negative of an error, of which there are fewer. */
  private static final int MOST = 120;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(10, "prefix_unknown"),
          Map.entry(12, "version_unsupported"),
          Map.entry(14, "frameParameter_unsupported"),
          Map.entry(16, "frameParameter_windowTooLarge"),
          Map.entry(20, "corruption_detected"),
          Map.entry(22, "checksum_wrong"),
          Map.entry(32, "dictionary_wrong"),
          Map.entry(40, "parameter_unsupported"),
          Map.entry(41, "parameter_combination_unsupported"),
          Map.entry(42, "parameter_outOfBound"),
          Map.entry(64, "memory_allocation"),
          Map.entry(72, "srcSize_wrong"));

  private static final Map<Integer, String> SENTENCES =
      Map.ofEntries(
          Map.entry(10, "Unknown frame descriptor"),
          Map.entry(12, "Version not supported"),
          Map.entry(14, "Unsupported frame parameter"),
          Map.entry(16, "Frame requires too much memory for decoding"),
          Map.entry(20, "Data corruption detected"),
          Map.entry(22, "Restored data doesn't match checksum"),
          Map.entry(32, "Dictionary mismatch"),
          Map.entry(40, "Unsupported parameter"),
          Map.entry(41, "Unsupported combination of parameters"),
          Map.entry(42, "Parameter is out of bound"),
          Map.entry(64, "Allocation error : not enough memory"),
          Map.entry(72, "Src size is incorrect"));

  static final int WINDOW_TOO_LARGE = 16;
  static final int CORRUPTION = 20;
  static final int CHECKSUM_WRONG = 22;
  static final int DICTIONARY_WRONG = 32;

  private final int code;

  ZstdException(int code) {
    super(SENTENCES.getOrDefault(code, "Error (generic)"));
    this.code = code;
  }

  static boolean isError(int result) {
    return Integer.compareUnsigned(result, -MOST) > 0;
  }

  /** The error's number in zstd_errors.h. */
  public int code() {
    return code;
  }

  /** Such as {@code ZSTD_error_prefix_unknown}. */
  public String name() {
    return "ZSTD_error_" + NAMES.getOrDefault(code, "GENERIC");
  }
}
