package dev.runnel.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.cache.CacheStore;
import dev.runnel.runtime.kv.KvFullException;
import dev.runnel.runtime.kv.KvStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Cached responses in a KV store, under digests of their keys. When it is full, what would have
 * expired next gives way, of as many as are looked at, and the response that found no room is not
 * kept.
 */
public final class KvCacheStore implements CacheStore {
  private static final int LOOKED_AT = 1_000;
  private static final int GIVE_WAY = 50;

  private final KvStore store;

  /** The store is given away. */
  public KvCacheStore(KvStore store) {
    this.store = store;
  }

  private static byte[] digest(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).getBytes(UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  @Override
  public Optional<Found> get(String key) throws IOException {
    return store
        .get(digest(key))
        .map(
            found ->
                new Found(found.facts().metadata().orElse(""), found.length(), found.content()));
  }

  @Override
  public void put(String key, String facts, Instant until, InputStream body) throws IOException {
    long second = until.getEpochSecond() + (until.getNano() > 0 ? 1 : 0);
    try {
      store.put(digest(key), new KvStore.Facts(Optional.of(facts), Optional.of(second)), body);
    } catch (KvFullException full) {
      makeRoom();
    }
  }

  private void makeRoom() throws IOException {
    List<KvStore.Listed> some = store.list(new byte[0], Optional.empty(), LOOKED_AT).keys();
    List<KvStore.Listed> next =
        some.stream()
            .sorted(Comparator.comparing(one -> one.facts().expiration().orElse(Long.MAX_VALUE)))
            .limit(GIVE_WAY)
            .toList();
    for (KvStore.Listed one : next) {
      store.delete(one.key());
    }
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(digest(key));
  }

  @Override
  public void close() {
    store.close();
  }
}
