package dev.runnel.cli;

import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.cache.CacheLimits;
import dev.runnel.runtime.cache.Caches;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.kv.KvNamespace;
import dev.runnel.runtime.kv.KvStore;
import dev.runnel.runtime.worker.ProgramLocality;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.store.FileKvStore;
import dev.runnel.store.KvCacheStore;
import dev.runnel.store.RedisKvStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What one run of a program is bound to: opened before it, closed after it. */
final class Bound implements AutoCloseable {
  /** Where namespaces are that nobody gave a place. */
  private static final Path KV_FOLDER = Path.of(".runnel", "kv");

  /** No binding has a dot in its name, as the apps' caches have. */
  static final String CACHE = "cache.";

  private static final int REDIS_PORT = 6379;

  private final Deque<Runnable> closers = new ArrayDeque<>();
  private WorkerOptions options = WorkerOptions.DEFAULT;

  /** The program's options with all that it is bound to. */
  WorkerOptions options() {
    return options;
  }

  void bind(
      SequencedMap<String, Binding> named,
      Optional<OptionValues.Caching> cache,
      WorkerOptions program)
      throws WorkerException {
    var bindings = new Bindings(named);
    options =
        program.withBindings(
            cache.isPresent() ? bindings.withCaches(caches(cache.get())) : bindings);
  }

  private Caches caches(OptionValues.Caching caching) throws WorkerException {
    Caches caches = opened(CACHE, caching);
    closers.push(caches::close);
    return caches;
  }

  /**
   * @param name under which a server keeps it
   */
  static Caches opened(String name, OptionValues.Caching caching) throws WorkerException {
    CacheLimits limits = CacheLimits.DEFAULT.withTotalBytes(caching.bytes());
    try {
      if (caching.server().isPresent()) {
        URI server = URI.create(caching.server().get());
        return Caches.in(
            new KvCacheStore(RedisKvStore.connect(server, name, caching.bytes())), limits);
      }
      return caching.folder().isPresent()
          ? Caches.in(caching.folder().get(), limits)
          : Caches.inMemory(limits);
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException("The cache can't be opened: " + e.getMessage());
    }
  }

  /**
   * A worker that has no files, ports or bindings of its own, and no variables but for its locale
   * and time zone.
   */
  Binding service(NamedFile service, WorkerOptions program)
      throws WorkerException, InterruptedException {
    WorkerOptions own =
        program
            .withEnvironment(ProgramLocality.variables(program.environment()))
            .withArguments(List.of())
            .withDirectories(List.of())
            .withNetwork(Network.NONE);
    Worker worker = Worker.load(service.file(), own);
    closers.push(worker::close);
    if (!worker.answersFetch()) {
      throw new WorkerException(
          "The service %s can't be bound: %s has no fetch handler."
              .formatted(service.name(), service.file()));
    }
    return new Binding.Service(worker.handler());
  }

  /** The store that a URL or a file's name means, or the usual file for an empty word. */
  Binding namespace(Variable namespace, KvLimits limits) throws WorkerException {
    KvStore store = opened(namespace.name(), namespace.value(), limits.totalBytes());
    closers.push(store::close);
    return new Binding.Kv(new KvNamespace(store, limits));
  }

  static boolean isServer(String where) {
    return where.startsWith("redis://") || where.startsWith("rediss://");
  }

  /** All addresses that its name has now; none for what is no URL, which is refused later. */
  static Stream<InetSocketAddress> addresses(String server) {
    try {
      URI url = URI.create(server);
      int port = url.getPort() < 0 ? REDIS_PORT : url.getPort();
      return Arrays.stream(InetAddress.getAllByName(url.getHost()))
          .map(address -> new InetSocketAddress(address, port));
    } catch (UnknownHostException | IllegalArgumentException e) {
      return Stream.of();
    }
  }

  static KvStore opened(String name, String where, long totalBytes) throws WorkerException {
    try {
      if (isServer(where)) {
        return RedisKvStore.connect(URI.create(where), name, totalBytes);
      }
      Path file = where.isEmpty() ? KV_FOLDER.resolve(name + ".db") : Path.of(where);
      return FileKvStore.open(file, totalBytes);
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          "The namespace %s can't be opened: %s".formatted(name, e.getMessage()));
    }
  }

  @Override
  public void close() {
    new ArrayList<>(closers).forEach(Runnable::run);
    closers.clear();
  }
}
