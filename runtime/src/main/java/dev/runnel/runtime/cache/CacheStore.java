package dev.runnel.runtime.cache;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Where cached responses are that several processes share. What has expired is not there. Safe from
 * any thread; every method blocks. A failure of the store itself is an IOException.
 */
public interface CacheStore extends AutoCloseable {

  /**
   * @param facts as they were put
   * @param body to be closed by whoever got it
   */
  record Found(String facts, long length, InputStream body) {}

  Optional<Found> get(String key) throws IOException;

  /**
   * Puts all that the stream has, in place of what was there, or nothing.
   *
   * @param until when it is gone, to the second
   */
  void put(String key, String facts, Instant until, InputStream body) throws IOException;

  void delete(String key) throws IOException;

  @Override
  void close();
}
