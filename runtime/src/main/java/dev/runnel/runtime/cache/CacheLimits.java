package dev.runnel.runtime.cache;

/**
 * @param totalBytes what all responses, their URLs and headers included, may come to; the ones that
 *     were not used for longest give way
 * @param entryBytes the longest body
 * @param operations how much one request may ask of all caches together
 */
public record CacheLimits(long totalBytes, long entryBytes, int operations) {
  public static final CacheLimits DEFAULT = new CacheLimits(64L << 20, 512L << 20, 1000);

  public CacheLimits {
    if (totalBytes < 0 || entryBytes < 0 || operations < 1) {
      throw new IllegalArgumentException("The limits of a cache can't be negative or none.");
    }
  }

  public CacheLimits withTotalBytes(long changed) {
    return new CacheLimits(changed, entryBytes, operations);
  }
}
