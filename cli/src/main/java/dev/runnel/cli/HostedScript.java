package dev.runnel.cli;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerStatus;
import java.time.Duration;
import java.util.Optional;

/** A program in JavaScript: a worker, or a server of Node's, whose first port is the app's. */
record HostedScript(Worker worker, HostedNetwork network) implements HostedProgram {
  @Override
  public Optional<RequestHandler> door() {
    return worker.answersFetch() ? Optional.of(worker.handler()) : network.first();
  }

  @Override
  public Optional<WorkerStatus> status() {
    return Optional.of(worker.status());
  }

  @Override
  public void drain(Duration atMost) throws InterruptedException {
    worker.drain(atMost);
  }
}
