package dev.runnel.runtime.limit;

/**
 * How much one compressed stream may become. Small input that claims to be huge (a "zip bomb") is
 * refused in its midst.
 *
 * @param bytes the most that any stream may become
 * @param ratio how many bytes one compressed byte may become, on average over the stream so far
 * @param ratioFrom the ratio counts only once this many bytes have come out, since short texts may
 *     well consist of one letter
 * @param memory what the Brotli and Zstandard streams of one isolate may hold together, in bytes,
 *     those that compress included: 1 to 700 MB each, by quality and window, those that decompress
 *     as much as their window
 */
public record DecompressionLimits(long bytes, long ratio, long ratioFrom, long memory) {
  public static final DecompressionLimits DEFAULT =
      new DecompressionLimits(8L << 30, 250, 64L << 20, 256L << 20);

  public DecompressionLimits {
    if (bytes < 0 || ratio < 1 || ratioFrom < 0 || memory < 0) {
      throw new IllegalArgumentException(
          "Limits of decompression must be positive: %d bytes, ratio %d from %d bytes, %d bytes of memory."
              .formatted(bytes, ratio, ratioFrom, memory));
    }
  }

  public DecompressionLimits withBytes(long changed) {
    return new DecompressionLimits(changed, ratio, ratioFrom, memory);
  }

  public DecompressionLimits withRatio(long changed) {
    return new DecompressionLimits(bytes, changed, ratioFrom, memory);
  }

  public DecompressionLimits withRatioFrom(long changed) {
    return new DecompressionLimits(bytes, ratio, changed, memory);
  }

  public DecompressionLimits withMemory(long changed) {
    return new DecompressionLimits(bytes, ratio, ratioFrom, changed);
  }

  /** True when that much output of that much input is too much. */
  public boolean areCrossed(long input, long output) {
    return output > bytes || output > ratioFrom && output / ratio > input;
  }
}
