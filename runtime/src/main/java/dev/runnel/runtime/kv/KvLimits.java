package dev.runnel.runtime.kv;

/**
 * What a program may do with a namespace. The defaults are Cloudflare's but for the last, which it
 * sets by account.
 *
 * @param keyBytes the length of a key in UTF-8
 * @param metadataBytes the length of a key's metadata as JSON in UTF-8
 * @param operations how much one request may ask of all namespaces together
 * @param totalBytes what all keys, values and metadata of a namespace may come to
 */
public record KvLimits(
    int keyBytes, long valueBytes, int metadataBytes, int operations, long totalBytes) {
  public static final KvLimits DEFAULT = new KvLimits(512, 25L << 20, 1024, 1000, 1L << 30);

  public KvLimits {
    if (keyBytes < 1 || valueBytes < 0 || metadataBytes < 0 || operations < 1 || totalBytes < 0) {
      throw new IllegalArgumentException("The limits of a KV namespace can't be negative or none.");
    }
  }

  public KvLimits withKeyBytes(int changed) {
    return new KvLimits(changed, valueBytes, metadataBytes, operations, totalBytes);
  }

  public KvLimits withValueBytes(long changed) {
    return new KvLimits(keyBytes, changed, metadataBytes, operations, totalBytes);
  }

  public KvLimits withMetadataBytes(int changed) {
    return new KvLimits(keyBytes, valueBytes, changed, operations, totalBytes);
  }

  public KvLimits withOperations(int changed) {
    return new KvLimits(keyBytes, valueBytes, metadataBytes, changed, totalBytes);
  }

  public KvLimits withTotalBytes(long changed) {
    return new KvLimits(keyBytes, valueBytes, metadataBytes, operations, changed);
  }
}
