package dev.runnel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.cache.CacheStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvCacheStoreTest {
  private static final Instant LATER = Instant.now().plusSeconds(1_000);

  @TempDir private Path folder;

  @Test
  void whatWasPutIsFoundUntilItIsDeleted() throws Exception {
    try (CacheStore store = open(1 << 20)) {
      put(store, "a", LATER, 3_000);

      CacheStore.Found found = store.get("a").orElseThrow();
      assertThat(found.facts()).isEqualTo("{\"facts\":\"a\"}");
      assertThat(found.length()).isEqualTo(3_000);
      try (InputStream body = found.body()) {
        assertThat(body.readAllBytes()).hasSize(3_000);
      }
      store.delete("a");
      assertThat(store.get("a")).isEmpty();
    }
  }

  @Test
  void whatExpiresSoonestGivesWay() throws Exception {
    try (CacheStore store = open(300_000)) {
      for (int i = 0; i < 100; i++) {
        put(store, "a" + i, LATER.plusSeconds(i), 2_000);
      }
      put(store, "large", LATER, 200_000);
      assertThat(length(store, "large")).isEmpty();

      put(store, "large", LATER, 150_000);

      assertThat(length(store, "large")).contains(150_000L);
      assertThat(length(store, "a0")).isEmpty();
      assertThat(length(store, "a99")).contains(2_000L);
    }
  }

  private CacheStore open(long totalBytes) throws IOException {
    return new KvCacheStore(FileKvStore.open(folder.resolve("cache.db"), totalBytes));
  }

  private static void put(CacheStore store, String key, Instant until, int length)
      throws IOException {
    store.put(
        key,
        "{\"facts\":\"%s\"}".formatted(key),
        until,
        new ByteArrayInputStream(new byte[length]));
  }

  private static Optional<Long> length(CacheStore store, String key) throws IOException {
    Optional<CacheStore.Found> found = store.get(key);
    if (found.isPresent()) {
      found.get().body().close();
    }
    return found.map(CacheStore.Found::length);
  }
}
