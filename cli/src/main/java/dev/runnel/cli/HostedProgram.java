package dev.runnel.cli;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.worker.WorkerStatus;
import java.time.Duration;
import java.util.Optional;

/** The program of a hosted app, as it runs. Safe from any thread. */
sealed interface HostedProgram permits HostedScript, HostedWasm {
  /** Where requests go; empty when the program takes none. */
  Optional<RequestHandler> door();

  /** Empty for a program that has no isolates. */
  Optional<WorkerStatus> status();

  /** Waits until what is in flight has ended, or for that long. */
  void drain(Duration atMost) throws InterruptedException;
}
