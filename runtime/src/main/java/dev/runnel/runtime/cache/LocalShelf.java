package dev.runnel.runtime.cache;

import dev.runnel.runtime.http.Header;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The responses that this process keeps, the one that was used last at the end. Those at its start
 * give way when there is no room. Safe from any thread.
 */
final class LocalShelf implements Shelf {
  /** What an entry takes besides its texts and its body. */
  private static final long ENTRY_BYTES = 200;

  private final long limit;
  private final Map<Key, Kept> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long reserved;

  LocalShelf(long limit) {
    this.limit = limit;
  }

  @Override
  public synchronized Optional<Kept> find(Key key, Instant now) {
    Kept kept = entries.get(key);
    if (kept != null && !kept.until().isAfter(now)) {
      remove(key);
      return Optional.empty();
    }
    return Optional.ofNullable(kept);
  }

  @Override
  public synchronized boolean reserve(long more) {
    if (reserved + more > limit) {
      return false;
    }
    reserved += more;
    makeRoom();
    return true;
  }

  @Override
  public synchronized void release(long reservation) {
    reserved -= reservation;
  }

  @Override
  public synchronized void put(Key key, Kept kept, long reservation) {
    reserved -= reservation;
    remove(key);
    entries.put(key, kept);
    bytes += size(key, kept);
    makeRoom();
  }

  @Override
  public synchronized boolean remove(Key key) {
    Kept gone = entries.remove(key);
    if (gone == null) {
      return false;
    }
    bytes -= size(key, gone);
    gone.content().drop();
    return true;
  }

  private void makeRoom() {
    Iterator<Map.Entry<Key, Kept>> oldest = entries.entrySet().iterator();
    while (bytes + reserved > limit && oldest.hasNext()) {
      Map.Entry<Key, Kept> gone = oldest.next();
      oldest.remove();
      bytes -= size(gone.getKey(), gone.getValue());
      gone.getValue().content().drop();
    }
  }

  private static long size(Key key, Kept kept) {
    long texts = key.cache().length() + key.url().length() + kept.reason().length();
    for (Header header : kept.headers()) {
      texts += header.name().length() + header.value().length();
    }
    return ENTRY_BYTES + 2 * texts + kept.content().length();
  }

  @Override
  public synchronized void close() {
    List.copyOf(entries.keySet()).forEach(this::remove);
  }
}
