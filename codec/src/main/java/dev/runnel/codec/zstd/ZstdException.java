package dev.runnel.codec.zstd;

import java.util.Map;
import java.util.zip.DataFormatException;

/** Compressed data that is no Zstandard stream, or parameters that fit none. */
public final class ZstdException extends DataFormatException {
  /** Functions that fail return the negative of an error, of which there are fewer. */
  private static final int MOST = 120;

  /** What zstd calls an error, and what it says of it. */
  private record Known(String name, String sentence) {}

  private static final Known OTHER = new Known("GENERIC", "Error (generic)");

  private static final Map<Integer, Known> KNOWN =
      Map.ofEntries(
          Map.entry(10, new Known("prefix_unknown", "Unknown frame descriptor")),
          Map.entry(12, new Known("version_unsupported", "Version not supported")),
          Map.entry(14, new Known("frameParameter_unsupported", "Unsupported frame parameter")),
          Map.entry(
              16,
              new Known(
                  "frameParameter_windowTooLarge", "Frame requires too much memory for decoding")),
          Map.entry(20, new Known("corruption_detected", "Data corruption detected")),
          Map.entry(22, new Known("checksum_wrong", "Restored data doesn't match checksum")),
          Map.entry(32, new Known("dictionary_wrong", "Dictionary mismatch")),
          Map.entry(40, new Known("parameter_unsupported", "Unsupported parameter")),
          Map.entry(
              41,
              new Known(
                  "parameter_combination_unsupported", "Unsupported combination of parameters")),
          Map.entry(42, new Known("parameter_outOfBound", "Parameter is out of bound")),
          Map.entry(64, new Known("memory_allocation", "Allocation error : not enough memory")),
          Map.entry(72, new Known("srcSize_wrong", "Src size is incorrect")));

  static final int WINDOW_TOO_LARGE = 16;
  static final int CORRUPTION = 20;
  static final int CHECKSUM_WRONG = 22;
  static final int DICTIONARY_WRONG = 32;

  private final int code;

  ZstdException(int code) {
    super(known(code).sentence());
    this.code = code;
  }

  private static Known known(int code) {
    return KNOWN.getOrDefault(code, OTHER);
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
    return "ZSTD_error_" + known(code).name();
  }
}
