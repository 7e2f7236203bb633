package dev.runnel.cli;

import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What one run of a program is bound to: opened before it, closed after it. */
final class Bound implements AutoCloseable {
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

  @Override
  public void close() {
    new ArrayList<>(closers).forEach(Runnable::run);
    closers.clear();
  }
}
