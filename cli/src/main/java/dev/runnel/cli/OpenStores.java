package dev.runnel.cli;

import dev.runnel.runtime.cache.Caches;
import dev.runnel.runtime.kv.KvStore;
import dev.runnel.runtime.worker.WorkerException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stores that several apps, or two generations of one, have open: each is opened for the first and
 * closed after the last. Safe from any thread.
 */
final class OpenStores {

  /** Opens what nobody has open yet. */
  interface Opener<T> {
    T open() throws WorkerException;
  }

  /** One user's hold on a store. */
  record Lease<T>(T store, Runnable release) {}

  private static final class Shared {
    private final Object store;
    private final Runnable close;
    private int users;

    Shared(Object store, Runnable close) {
      this.store = store;
      this.close = close;
    }
  }

  private final Map<String, Shared> open = new HashMap<>();

  /** A namespace's store, known by its place, and on a server by its name too. */
  Lease<KvStore> namespace(String name, String where, long totalBytes) throws WorkerException {
    String key = Bound.isServer(where) ? "kv " + where + " " + name : "kv " + where;
    return lease(key, KvStore.class, () -> Bound.opened(name, where, totalBytes), KvStore::close);
  }

  Lease<Caches> caches(String app, OptionValues.Caching caching) throws WorkerException {
    String key = "cache " + app + " " + caching;
    return lease(key, Caches.class, () -> Bound.opened(Bound.CACHE + app, caching), Caches::close);
  }

  private synchronized <T> Lease<T> lease(
      String key, Class<T> type, Opener<T> opener, Consumer<T> closer) throws WorkerException {
    Shared shared = open.get(key);
    if (shared == null) {
      T store = opener.open();
      shared = new Shared(store, () -> closer.accept(store));
      open.put(key, shared);
    }
    shared.users++;
    Shared held = shared;
    return new Lease<>(type.cast(shared.store), () -> release(key, held));
  }

  private synchronized void release(String key, Shared shared) {
    if (--shared.users == 0) {
      open.remove(key);
      shared.close.run();
    }
  }
}
