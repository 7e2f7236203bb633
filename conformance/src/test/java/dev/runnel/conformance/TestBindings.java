package dev.runnel.conformance;

import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the programs of {@code conformance/workers} find in their {@code env}. */
final class TestBindings implements AutoCloseable {
  private static final Path SERVICE = Project.CONFORMANCE.resolve("workers/fixtures/service.mjs");

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
    Worker asked = load();
    service = asked;
    byName.put("SERVICE", new Binding.Service(asked.handler()));
    return new Bindings(byName);
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
  }
}
