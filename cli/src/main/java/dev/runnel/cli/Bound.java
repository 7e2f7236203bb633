package dev.runnel.cli;

import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.kv.KvNamespace;
import dev.runnel.runtime.kv.KvStore;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.store.FileKvStore;
import dev.runnel.store.RedisKvStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What one run of a program is bound to: opened before it, closed after it. */
final class Bound implements AutoCloseable {
  /** Where namespaces are that nobody gave a place. */
  private static final Path KV_FOLDER = Path.of(".runnel", "kv");

  private final Deque<Runnable> closers = new ArrayDeque<>();
  private WorkerOptions options = WorkerOptions.DEFAULT;

  /** The program's options with all that it is bound to. */
  WorkerOptions options() {
    return options;
  }

  void bind(SequencedMap<String, Binding> named, WorkerOptions program) {
    options = program.withBindings(new Bindings(named));
  }

  /** A worker that has no variables, files, ports or bindings of its own. */
  Binding service(NamedFile service, WorkerOptions program)
      throws WorkerException, InterruptedException {
    WorkerOptions own =
        program
            .withEnvironment(Map.of())
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

  private static KvStore opened(String name, String where, long totalBytes) throws WorkerException {
    try {
      if (where.startsWith("redis://") || where.startsWith("rediss://")) {
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
