package dev.runnel.conformance;

import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.kv.KvNamespace;
import dev.runnel.runtime.kv.KvStore;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.store.FileKvStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the programs of {@code conformance/workers} find in their {@code env}. */
final class TestBindings implements AutoCloseable {
  private static final Path SERVICE = Project.CONFORMANCE.resolve("workers/fixtures/service.mjs");

  private final List<KvStore> stores = new ArrayList<>();
  private @Nullable Worker service;
  private @Nullable Bindings made;

  synchronized Bindings bindings() {
    if (made == null) {
      made = make();
    }
    return made;
  }

  private Bindings make() {
    SequencedMap<String, Binding> byName = new LinkedHashMap<>();
    byName.put("TEXT", new Binding.Text("plain"));
    byName.put("JSON", new Binding.Json("{\"a\":[1,null,\"ü\"]}"));
    byName.put("SECRET", new Binding.Secret("hush"));
    byName.put("KV", new Binding.Kv(new KvNamespace(store(1L << 30), KvLimits.DEFAULT)));
    var small = new KvLimits(10, 20, 30, 2, 100);
    byName.put("SMALL", new Binding.Kv(new KvNamespace(store(100), small)));
    Worker asked = load();
    service = asked;
    byName.put("SERVICE", new Binding.Service(asked.handler()));
    return new Bindings(byName);
  }

  private KvStore store(long totalBytes) {
    try {
      Path folder = Files.createTempDirectory("runnel-kv");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("store.db");
      file.toFile().deleteOnExit();
      KvStore store = FileKvStore.open(file, totalBytes);
      stores.add(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Worker load() {
    try {
      return Worker.load(SERVICE, Project.OPTIONS);
    } catch (WorkerException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized void close() {
    if (service != null) {
      service.close();
    }
    stores.forEach(KvStore::close);
  }
}
