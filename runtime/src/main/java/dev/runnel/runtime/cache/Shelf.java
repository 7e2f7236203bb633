package dev.runnel.runtime.cache;

import dev.runnel.runtime.http.Header;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The responses that are kept. Safe from any thread. */
interface Shelf extends AutoCloseable {

  record Key(String cache, String url) {}

  record Kept(
      int status,
      String reason,
      List<Header> headers,
      Content content,
      Instant since,
      Instant until) {}

  /** Whether its methods may take their time, and throw UncheckedIOException. */
  default boolean blocks() {
    return false;
  }

  /** Empty when it isn't fresh any more. */
  Optional<Kept> find(Key key, Instant now);

  /** Makes room for a body that is arriving; false when there is none. */
  boolean reserve(long more);

  void release(long reservation);

  /** In place of what was there, and of what was reserved for it. */
  void put(Key key, Kept kept, long reservation);

  /** Whether it was there. */
  boolean remove(Key key);

  @Override
  void close();
}
