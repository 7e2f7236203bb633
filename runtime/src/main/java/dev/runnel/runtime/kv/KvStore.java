package dev.runnel.runtime.kv;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where one namespace is kept. Keys are UTF-8 and in the order of their bytes. What has expired is
 * not there. Safe from any thread; every method blocks. A failure of the store itself is an
 * IOException.
 */
public interface KvStore extends AutoCloseable {

  /**
   * A value's surroundings.
   *
   * @param metadata JSON
   * @param expiration seconds since 1970 from which on the key is gone
   */
  record Facts(Optional<String> metadata, Optional<Long> expiration) {}

  /**
   * A value that was found.
   *
   * @param content to be closed by whoever got it; what it gives is one value, whatever is written
   *     meanwhile
   */
  record Found(Facts facts, long length, InputStream content) {}

  /** One key of a list. */
  record Listed(byte[] key, Facts facts) {}

  /**
   * @param complete whether no key follows the last one
   */
  record Page(List<Listed> keys, boolean complete) {}

  Optional<Found> get(byte[] key) throws IOException;

  /**
   * Puts all that the stream has, or nothing: once this returns, the value survives a crash.
   *
   * @throws KvFullException when the store would hold more than it may
   */
  void put(byte[] key, Facts facts, InputStream value) throws IOException;

  /** Once this returns, the key stays gone after a crash. */
  void delete(byte[] key) throws IOException;

  /**
   * @param after the key behind which the list begins; every one that has the prefix by default
   */
  Page list(byte[] prefix, Optional<byte[]> after, int limit) throws IOException;

  @Override
  void close();
}
